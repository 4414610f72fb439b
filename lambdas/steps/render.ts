import { render } from '#shared/runtime/aws/render.ts';
import { defineHandler } from '../define-handler.ts';

export const handler = defineHandler(render);
