/**
 * List prices in us-east-1 in micro-dollars, without any free tier, as the pricing pages of AWS had them in November 2026
 * (aws.amazon.com/{step-functions,lambda,dynamodb,s3,api-gateway,eventbridge,cloudwatch,xray}/pricing).
 */
export const awsPrices = {
  asOf: '2026-11',
  region: 'us-east-1',
  inMicroUsd: {
    stateTransition: 25,
    lambdaRequest: 0.2,
    lambdaGbSecondArm: 13.3334,
    dynamoReadUnit: 0.125,
    dynamoWriteUnit: 0.625,
    objectRead: 0.4,
    objectWrite: 5,
    apiRequest: 3.5,
    event: 1,
    logGigabyte: 500_000,
    trace: 5,
  },
} as const;
