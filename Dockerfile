# The operator's image; its Jobs run in it too. Any images with JDK 25 and Maven, and with the same JVM to run it, will do.
ARG BUILD_IMAGE=docker.io/library/maven:3.9-eclipse-temurin-25
ARG RUNTIME_IMAGE=docker.io/library/eclipse-temurin:25-jre

FROM ${BUILD_IMAGE} AS build
WORKDIR /build
COPY pom.xml ./
RUN mvn --batch-mode --quiet dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=target/lib
# Connector/J is passed on with its licence and its source: see docs/adr/0022.
RUN set -e; \
    mvn --batch-mode --quiet dependency:copy-dependencies -DincludeArtifactIds=mysql-connector-j -Dclassifier=sources \
      -DoutputDirectory=target/licenses/mysql-connector-j; \
    cd target/licenses/mysql-connector-j; \
    jar --extract --file ../../lib/mysql-connector-j-*.jar LICENSE README INFO_SRC
COPY .mvn .mvn
COPY src/main src/main
RUN mvn --batch-mode --quiet resources:resources compiler:compile jar:jar
# What both have in common, the Jobs' options, and the operator's: C1 alone starts faster and takes less memory, but would
# hash an archive several times slower.
RUN set -e; \
    mkdir /app; \
    mv target/lib target/licenses target/mysql-operator.jar /app/; \
    cd /app; \
    printf '%s\n' -XX:+UseSerialGC -XX:+UseCompactObjectHeaders -XX:-UsePerfData -Xms32m -XX:MaxRAMPercentage=50 \
      --enable-native-access=ALL-UNNAMED --class-path /app/mysql-operator.jar >jvm.options; \
    { cat jvm.options; echo -XX:AOTCache=/app/archive.aot; } >java.options; \
    { cat jvm.options; printf '%s\n' -XX:TieredStopAtLevel=1 -XX:+ExitOnOutOfMemoryError -XX:AOTCache=/app/operator.aot; } \
      >operator.options; \
    chmod -R a+rX .; \
    find . -exec touch --date=2026-01-01T00:00:00Z {} +
COPY src/training src/training
RUN javac -cp '/app/lib/*' -d /training/classes src/training/java/homework/otus/mysql/training/*.java

# A cache serves only the JVM that made it, and only jars of the same size and time.
FROM ${RUNTIME_IMAGE} AS train
COPY --from=build /app /app
COPY --from=build /training /training
COPY src/main /training/data/mysql
WORKDIR /training/backups
RUN ["java", "@/app/jvm.options", "-Xlog:aot=error", "-XX:AOTCacheOutput=/app/archive.aot", "homework.otus.mysql.program.archive.BackupJob", \
     "--data=/training/data", "--backups=/training/backups", "--id=training", "--name=training", "--namespace=training", \
     "--mysql-uid=training", "--data-claim-uid=training", "--server-image=training", "--served=yes", "--keep=1", \
     "--termination-log=/training/result"]
RUN ["keytool", "-genkeypair", "-keystore", "/training/api.p12", "-storepass", "training", "-alias", "api", \
     "-keyalg", "EC", "-dname", "CN=training", "-ext", "san=ip:127.0.0.1"]
RUN ["java", "-Djavax.net.ssl.keyStore=/training/api.p12", "-Djavax.net.ssl.keyStorePassword=training", \
     "--class-path", "/training/classes:/app/lib/*", "homework.otus.mysql.training.Training", \
     "java", "@/app/jvm.options", "-Xlog:aot=error", "-XX:TieredStopAtLevel=1", "-XX:AOTCacheOutput=/app/operator.aot", \
     "-Djavax.net.ssl.trustStore=/training/api.p12", "-Djavax.net.ssl.trustStorePassword=training", \
     "homework.otus.mysql.Application"]

FROM ${RUNTIME_IMAGE}
COPY --from=train /app /app
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["java", "@/app/operator.options", "homework.otus.mysql.Application"]
