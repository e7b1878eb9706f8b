# One image for every process of Sluice; what runs is said in docker-compose.yml. Runs as an ordinary user, and needs to
# write only to /state (and to /tmp, which may be in memory).
FROM node:22-bookworm-slim AS build
WORKDIR /sluice
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node config/setup.mjs build && npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:22-bookworm-slim
ENV NODE_ENV=production SLUICE_STATE_DIRECTORY=/state
WORKDIR /sluice
COPY --from=build /sluice/package.json ./
COPY --from=build /sluice/node_modules ./node_modules
COPY --from=build /sluice/config ./config
COPY --from=build /sluice/dist ./dist
RUN mkdir -p /state/sandbox && chown -R node:node /state
USER node
VOLUME /state
ENTRYPOINT ["node"]
CMD ["dist/apps/cli/main.js", "--help"]
