# Three stages: packages of production, the build, and an image with neither npm nor a shell.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:24.21.0-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run data:build && npm run build

FROM gcr.io/distroless/nodejs24-debian12:nonroot
WORKDIR /app
ENV NODE_ENV=production
COPY package.json LICENSE NOTICE ./
COPY --from=packages /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY --from=build /app/data data
# A volume that is mounted here takes this owner.
COPY --from=build --chown=10001:10001 /app/data/refreshed data/refreshed
# Loaded by path by the worker and its workflow bundle.
COPY platform/temporal/failure-converter.cjs platform/temporal/failure-converter.cjs
USER 10001:10001
# The entrypoint of the base image is node.
CMD ["dist/server/api.js"]
