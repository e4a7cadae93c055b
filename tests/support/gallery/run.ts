// `npm run gallery`: one page with everything that a message and a conversation can be, until Ctrl+C.
import { startGallery } from './serve';

const { url } = await startGallery(7918);
console.log(`
Gallery   ${url}
Beside    ${url}?theme=dark   ${url}?dir=rtl   ${url}?locale=de   ${url}?width=320
`);
