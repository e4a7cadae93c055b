// What we use of the package, which has no types.
declare module 'addons-linter' {
  interface Message {
    code: string;
    message: string;
  }
  interface Linter {
    createInstance(options: { config: object; runAsBinary: boolean }): {
      run(): Promise<{ errors: Message[]; warnings: Message[]; notices: Message[] }>;
    };
  }
  const linter: Linter;
  export default linter;
}
