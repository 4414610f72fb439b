import type { LanguageModel } from '#shared/ports/language-model.ts';
import { askChat } from '../internal/chat/ask-chat.ts';
import { createModel, type ModelOptions } from '../internal/exchange.ts';
import { classifyCloudsway } from './errors.ts';
import { apiUrl, chatRequest } from './request.ts';

/** MiniMax M2.7 and M2.5 at Cloudsway, by its chat completions. The body is JSON; the page's multipart header is a slip. */
export function createCloudswayModel(options: ModelOptions): LanguageModel {
  return createModel(options, {
    classify: classifyCloudsway,
    converse: (exchange) =>
      askChat(
        exchange,
        {
          baseUrl: apiUrl(options.baseUrl, exchange.credentials),
          body: chatRequest(exchange.question, options.profile),
        },
        { classify: classifyCloudsway },
      ),
  });
}
