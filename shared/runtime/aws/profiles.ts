import { providerSettings } from '../provider-settings.ts';

/** What is known of the providers of the stack, in its order. Prices and limits are needed here, keys are not. */
export const profiles = providerSettings(process.env, () => false).map(({ profile }) => profile);
