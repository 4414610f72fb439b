import type { LanguageModel, ModelQuestion, ModelReply } from '#shared/ports/language-model.ts';

/** A model that is asked without an address for announcements: it replies when it has answered, and not before. */
export interface PatientModel extends Omit<LanguageModel, 'ask'> {
  ask(question: ModelQuestion, signal: AbortSignal): Promise<ModelReply>;
}

export function patient(model: LanguageModel): PatientModel {
  return {
    ...model,
    async ask(question, signal) {
      const reply = await model.ask(question, signal);
      if (!('isPending' in reply)) return reply;
      throw new Error('Expected an answer or a failure; the provider is to announce it.');
    },
  };
}
