# Builds the lab on the official Swift image and runs it on a small one, as a user without rights.
#   docker build -t ganlab . && docker run -p 8080:8080 -v ganlab:/data ganlab
FROM swift:6.3-bookworm AS build
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends libssl-dev zlib1g-dev libsqlite3-dev pkg-config \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY Package.swift ./
COPY Sources Sources
# The manifest names these targets, so their folders must be there.
COPY Tests Tests
COPY Benchmarks Benchmarks
RUN swift build -c release --product ganlab --static-swift-stdlib \
    && install -D "$(swift build -c release --show-bin-path)/ganlab" /out/ganlab

FROM debian:bookworm-slim
RUN apt-get update -qq \
    && apt-get install -y -qq --no-install-recommends libssl3 zlib1g libsqlite3-0 libstdc++6 \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --gid 10001 ganlab \
    && useradd --uid 10001 --gid 10001 --create-home --home-dir /data ganlab
COPY --from=build /out/ganlab /usr/local/bin/ganlab
COPY Public /usr/local/share/ganlab/Public
COPY Resources /usr/local/share/ganlab/Resources
# By number, so that an orchestrator sees that it is not root. A volume made elsewhere has to be writable for it.
USER 10001:10001
VOLUME /data
EXPOSE 8080
# What follows the image's name is options of serve: docker run … ganlab --allow-host lab.example.org
ENTRYPOINT ["ganlab", "serve", "--host", "0.0.0.0", "--port", "8080", "--public", "/usr/local/share/ganlab/Public", "--data-dir", "/data"]
