// What the agent of the demo does in the console, by its words as a person reads them. Takes no pictures.
import { expect, type Page } from '@playwright/test';

/** Writes a reply and sends it. */
export async function reply(agent: Page, text: string): Promise<void> {
  await agent.getByRole('textbox', { name: 'Reply' }).fill(text);
  await agent.getByRole('button', { name: 'Send reply' }).click();
  await expect(log(agent)).toContainText(text);
}

/** Writes a note that customers must not see. */
export async function note(agent: Page, text: string): Promise<void> {
  await agent.getByRole('checkbox', { name: 'Private note' }).check();
  await reply(agent, text);
  await agent.getByRole('checkbox', { name: 'Private note' }).uncheck();
}

/** Sends the example of that name from the "Send…" menu and waits for its text. */
export async function sendExample(agent: Page, name: string, text: string): Promise<void> {
  await agent.getByText('Send…').click();
  await agent.getByRole('group', { name: 'Send an example' }).getByRole('button', { name }).click();
  await expect(log(agent)).toContainText(text);
}

/** Sends files with a reply. */
export async function sendFiles(agent: Page, text: string, picture: string): Promise<void> {
  const paper = {
    name: 'räksmörgås 2041.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Invoice 2041\n'),
  };
  const attach = agent.getByLabel('Attach');
  await attach.setInputFiles(picture);
  await reply(agent, text);
  await attach.setInputFiles(paper);
  await agent.getByRole('button', { name: 'Send reply' }).click();
  await expect(log(agent).getByRole('link', { name: paper.name })).toBeVisible();
}

export const log = (agent: Page) => agent.getByRole('log', { name: 'Messages' });
