import type { TemplateFunction } from '../core/index.ts';
import { HostObject, hostFunction, type Result, str, TemplateError } from '../jinja/index.ts';

/** `try_or_compiler_error(message, function, …)`: calls the function; where it fails, the message is the error. */
const tryOrCompilerError: TemplateFunction = {
  name: 'try_or_compiler_error',
  create: () =>
    hostFunction('try_or_compiler_error', ([message, called, ...args], kwargs, site): Result => {
      const fail = (): never => {
        throw new TemplateError(str(message ?? null), 'CompilationError');
      };
      if (!(called instanceof HostObject)) return fail();
      try {
        const result = called.call(args, kwargs, site);
        return result instanceof Promise ? result.catch(fail) : result;
      } catch {
        return fail();
      }
    }),
};
export default tryOrCompilerError;
