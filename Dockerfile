# One node of Coffer. This file was written where no container engine runs: it has never been built. What it relies on,
# the server folder and the entrypoint, is what the tests start.

FROM eclipse-temurin:25-jdk AS build
WORKDIR /coffer
COPY . .
RUN ./mvnw -B -ntp -DskipTests package \
    && mkdir -p server/lib server/apps \
    && cp -r src/main/liberty/config/. server/ \
    && cp target/coffer.war server/apps/ \
    && cp target/liberty-lib/postgresql.jar server/lib/

FROM eclipse-temurin:25-jre
RUN useradd --system --uid 10001 --home-dir /opt/wlp coffer
COPY --from=build --chown=coffer /coffer/target/liberty/wlp /opt/wlp
COPY --from=build --chown=coffer /coffer/server /opt/wlp/usr/servers/coffer
COPY --chmod=755 src/main/liberty/bin/entrypoint /usr/local/bin/entrypoint
USER coffer
EXPOSE 9080
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/entrypoint"]
