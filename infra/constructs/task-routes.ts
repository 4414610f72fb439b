import type { Integration, MethodOptions, Resource, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { TaskRequest } from '#shared/domain/task.ts';
import { UploadRequest } from '#shared/domain/upload-request.ts';
import { addRequestModel } from './request-models.ts';

/** Everything that makes a route a secured one. */
export interface RouteOptions {
  readonly integration: Integration;
  readonly secured: MethodOptions;
}

/** All routes under a version: whatever they are called, they ask for a key, and the two that take a body of ours check its shape. */
export function addRoutes(version: Resource, options: RouteOptions): void {
  addCatchAll(version, options);
  const api = version.api as RestApi;
  const models = {
    tasks: addRequestModel(api, 'TaskRequest', TaskRequest),
    uploads: addRequestModel(api, 'UploadRequest', UploadRequest),
  };
  for (const [name, model] of Object.entries(models)) {
    const collection = version.addResource(name);
    collection.addMethod('POST', options.integration, {
      ...options.secured,
      requestModels: { 'application/json': model },
    });
    // A resource of its own hides the catch-all of its parent.
    collection.addMethod('ANY', options.integration, options.secured);
    addCatchAll(collection, options);
  }
}

function addCatchAll(parent: Resource, { integration, secured }: RouteOptions): void {
  parent.addResource('{proxy+}').addMethod('ANY', integration, {
    ...secured,
    requestParameters: { 'method.request.path.proxy': true },
  });
}
