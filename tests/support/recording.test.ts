// @vitest-environment node
// The copy of the recording in the repository is the recording, whole and with the types that the loader promises.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { readRecording } from './recording';

const shared = fileURLToPath(new URL('../../../shared/contract/recording.json', import.meta.url));

// A clone that stands alone has nothing to compare with.
if (existsSync(shared)) {
  it('the copy says exactly what the shared recording says', () => {
    expect(readRecording()).toEqual(JSON.parse(readFileSync(shared, 'utf8')));
  });
}

it('the exchanges are complete and in the order of their numbers', () => {
  const { http } = readRecording();
  expect(http.map(({ n }) => n)).toEqual(Array.from({ length: 246 }, (_, i) => i + 1));
  for (const { request, response } of http) {
    expect(request).toMatchObject({ method: expect.any(String), path: expect.stringMatching(/^\//) });
    expect(response.body_is_json).toBe(typeof response.body !== 'string');
    expect(response).toMatchObject({ status: expect.any(Number), headers: expect.any(Object) });
  }
});

it('every frame of the sockets is JSON text, also where the recorder cut it', () => {
  const { cable } = readRecording();
  expect(cable).toHaveLength(34);
  const frames = cable.flatMap(({ events }) => events).filter((event) => event.dir === 'in');
  expect(frames).toHaveLength(1070);
  for (const { raw } of frames) expect(JSON.parse(raw)).toBeTypeOf('object');
});

it('every reader gets a recording of its own', () => {
  expect(readRecording()).not.toBe(readRecording());
});
