# syntax=docker/dockerfile:1
# One binary on a small Debian. Every build step is a make target, the same that runs outside a container.

FROM node:20-bookworm-slim AS console
WORKDIR /src/web
# The packages change rarely; they are their own layer, before the source.
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci
COPY web ./
COPY docs/openapi.json ../docs/openapi.json
RUN npm run build

FROM rust:1.95-bookworm AS build
WORKDIR /src
# What the build needs changes rarely; it is its own layer, before the source.
COPY Makefile Makefile
COPY scripts scripts
RUN make setup-build
COPY . .
# Built already; this stage has no Node, and `make console` says so and goes on.
COPY --from=console /src/web/dist web/dist
# Both folders outlive this build, so the next one compiles only what changed; the binary itself has to leave them.
RUN --mount=type=cache,target=/usr/local/cargo/registry \
    --mount=type=cache,target=/src/target \
    make install DESTDIR=/out

FROM debian:bookworm-slim
# libssl3 for TLS to PostgreSQL, and the authorities to check its certificate against.
RUN apt-get update \
    && apt-get install -y --no-install-recommends libssl3 ca-certificates \
    && rm -rf /var/lib/apt/lists/*
# A number that is nobody's on the host, and the only folder it may write.
RUN useradd --system --uid 10001 --home-dir /var/lib/laoshan --create-home --shell /usr/sbin/nologin laoshan
COPY --from=build /out/usr/local/bin/laoshan /usr/local/bin/laoshan
USER laoshan
WORKDIR /var/lib/laoshan
# SQLite, mail files and attachments; with PostgreSQL and SMTP nothing that matters but attachments.
VOLUME /var/lib/laoshan
EXPOSE 8080
# The binary asks itself: the image needs no curl. Liveness only, since a restart does not cure a database that is away.
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --start-interval=1s --retries=3 \
    CMD ["laoshan", "health", "--url", "http://127.0.0.1:8080/api/v1/health/live"]
# No shell in between: the server itself gets the stop signal and finishes what it is answering.
ENTRYPOINT ["laoshan"]
CMD ["serve", "--data-dir", "/var/lib/laoshan", "--bind", "0.0.0.0:8080"]
