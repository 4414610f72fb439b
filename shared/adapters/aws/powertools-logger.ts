import { LogFormatter, LogItem, Logger as PowertoolsLogger } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import { redactFields, redactText } from '#shared/domain/redaction.ts';
import type { InvocationLogger, LogFields } from '#shared/ports/logger.ts';
import { currentTraceId } from './trace-id.ts';

/** What stands in every line of a function. */
export interface DeploymentFields {
  readonly service: string;
  readonly version: string;
  /** Stage of the deployment; the stage of a task is `stage`. */
  readonly deployment: string;
  readonly function: string;
}

/**
 * The logger of the deployed functions: Powertools for AWS Lambda, with the fields of a local run. The level is that of the function's
 * logging configuration.
 */
export function createPowertoolsLogger(deployment: DeploymentFields): InvocationLogger {
  const logger = new PowertoolsLogger({ logFormatter: new LineFormatter(deployment) });
  const at =
    (level: 'info' | 'warn' | 'error') =>
    (event: string, fields: LogFields = {}) => {
      try {
        logger[level](redactText(event), { ...redactFields(fields) });
      } catch {
        // A log that cannot be written never fails the work.
      }
    };
  return {
    begin(fields) {
      logger.resetKeys();
      logger.appendKeys({ ...redactFields(fields) });
    },
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
  };
}

/** The order and the names of a local run's lines; Powertools takes formatters as classes only. */
class LineFormatter extends LogFormatter {
  readonly #deployment: DeploymentFields;

  constructor(deployment: DeploymentFields) {
    super();
    this.#deployment = deployment;
  }

  override formatAttributes(
    { logLevel, message }: UnformattedAttributes,
    fields: LogAttributes,
  ): LogItem {
    const attributes = {
      time: new Date().toISOString(),
      level: logLevel.toLowerCase(),
      event: message,
      ...this.#deployment,
      traceId: currentTraceId(),
      ...fields,
    };
    return new LogItem({ attributes });
  }
}
