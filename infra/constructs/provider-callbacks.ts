import { RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { QuireFunction } from './quire-function.ts';

export interface ProviderCallbacksProps {
  readonly requestsPerSecond: number;
}

/**
 * Where providers announce answers: an API of its own, which has no key and is none of the tasks' API. Its access log leaves out the
 * path, whose last part is a right. Steps may know its URL, since it depends on nothing that depends on them.
 */
export class ProviderCallbacks extends Construct {
  /** Signs the addresses, so that nobody can make one up. */
  readonly secret: Secret;
  /** Without a slash at the end. */
  readonly url: string;
  private readonly api: HttpApi;

  constructor(scope: Construct, id: string, props: ProviderCallbacksProps) {
    super(scope, id);
    this.secret = new Secret(this, 'Secret', {
      description: 'Quire: signs the addresses at which providers announce answers',
      generateSecretString: { passwordLength: 43, excludePunctuation: true },
    });
    this.api = new HttpApi(this, 'Api', {
      description: 'Quire: announcements of providers',
      createDefaultStage: false,
    });
    const accessLogs = new LogGroup(this, 'AccessLogs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new HttpStage(this, 'Stage', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: {
        rateLimit: props.requestsPerSecond,
        burstLimit: props.requestsPerSecond * 2,
      },
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLogs),
        format: AccessLogFormat.custom(JSON.stringify(accessLogFields)),
      },
    });
    this.url = this.api.apiEndpoint;
  }

  /** Sends announcements to the function, which gets the right to check them. */
  deliverTo(handler: QuireFunction): void {
    this.api.addRoutes({
      path: '/v1/callbacks/runware/{token}',
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration('Integration', handler),
    });
  }
}

const accessLogFields = {
  requestId: '$context.requestId',
  time: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  latencyInMs: '$context.responseLatency',
  responseLength: '$context.responseLength',
};
