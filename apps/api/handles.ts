import {
  applyDecorators,
  createParamDecorator,
  Delete,
  type ExecutionContext,
  Get,
  Post,
  Put,
  SetMetadata,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type RouteName, routeOf } from '#libs/contracts';
import { stateOf } from './request-state.js';

export const ROUTE = Symbol('route');

const METHODS = { GET: Get, POST: Post, PUT: Put, DELETE: Delete } as const;

/** `/v1/clients/{id}` as the router writes it. */
const pathOf = (name: RouteName): string => routeOf(name).path.replaceAll(/\{(\w+)\}/g, ':$1');

/** Makes a method answer a route of the table. A method without it answers nothing. */
export const Handles = (name: RouteName): MethodDecorator =>
  applyDecorators(METHODS[routeOf(name).method](pathOf(name)), SetMetadata(ROUTE, name));

/** Parameters, query and body of the route, checked against its schemas before any handler is reached. */
export const Input = createParamDecorator(
  (_data: unknown, context: ExecutionContext): unknown =>
    stateOf(context.switchToHttp().getRequest<FastifyRequest>()).input,
);

/** The request itself, for what stands in its headers. */
export const Incoming = createParamDecorator((_data: unknown, context: ExecutionContext): FastifyRequest =>
  context.switchToHttp().getRequest<FastifyRequest>(),
);
