import type { Integration, MethodOptions, Resource, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { TaskRequest } from '#shared/domain/task.ts';
import { UploadRequest } from '#shared/domain/upload-request.ts';
import { addRequestModel } from './request-models.ts';

/** Everything that makes a route a secured one. */
export interface RouteOptions {
  readonly integration: Integration;
  /** Of the one route that reads documents. */
  readonly estimates: Integration;
  readonly secured: MethodOptions;
}

/** All routes under a version: whatever they are called, they ask for a key, and those that take a body of ours check its shape. */
export function addRoutes(version: Resource, options: RouteOptions): void {
  addCatchAll(version, options);
  const api = version.api as RestApi;
  const { integration, estimates } = options;
  const taskRequest = addRequestModel(api, 'TaskRequest', TaskRequest);
  const collections = {
    tasks: { model: taskRequest, integration },
    uploads: { model: addRequestModel(api, 'UploadRequest', UploadRequest), integration },
    estimates: { model: taskRequest, integration: estimates },
  };
  for (const [name, { model, integration: posted }] of Object.entries(collections)) {
    const collection = version.addResource(name);
    collection.addMethod('POST', posted, {
      ...options.secured,
      requestModels: { 'application/json': model },
    });
    // A resource of its own hides the catch-all of its parent.
    collection.addMethod('ANY', integration, options.secured);
    addCatchAll(collection, options);
  }
}

function addCatchAll(parent: Resource, { integration, secured }: RouteOptions): void {
  parent.addResource('{proxy+}').addMethod('ANY', integration, {
    ...secured,
    requestParameters: { 'method.request.path.proxy': true },
  });
}
