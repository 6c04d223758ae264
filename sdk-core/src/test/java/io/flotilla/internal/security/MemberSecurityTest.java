package io.flotilla.internal.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.flotilla.spi.Sealer;
import io.flotilla.testkit.TestTime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What a member reads at start, and again later. */
final class MemberSecurityTest {
    private static final String ONE = "q8w7e6r5t4y3u2i1o0p9a8s7d6f5g4h3";
    private static final String TWO = "z1x2c3v4b5n6m7a8s9d0f1g2h3j4k5l6";

    @TempDir
    private Path directory;

    private final TestTime time = new TestTime();
    private final ExecutorService pool = Executors.newSingleThreadExecutor();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        for (Class<?> each : List.of(MemberSecurity.class, SecretSource.class)) {
            ((Logger) LoggerFactory.getLogger(each)).addAppender(lines);
            ((Logger) LoggerFactory.getLogger(each)).setAdditive(false);
        }
    }

    @AfterEach
    void stop() {
        for (Class<?> each : List.of(MemberSecurity.class, SecretSource.class)) {
            ((Logger) LoggerFactory.getLogger(each)).detachAppender(lines);
            ((Logger) LoggerFactory.getLogger(each)).setAdditive(true);
        }
        pool.shutdownNow();
    }

    @Test
    void aChangedSecretFileCountsFromTheNextReading() throws IOException {
        Path file = secretFile(ONE);
        MemberSecurity security = start(SecretSource.file(file));
        MemberSecurity peer = start(SecretSource.file(secretFile(TWO)));

        assertThat(know(peer, security)).isFalse();
        Files.writeString(file, ONE + "\n" + TWO);
        assertThat(know(peer, security)).as("before it was read again").isFalse();
        security.reload();

        assertThat(know(peer, security)).isTrue();
        assertThat(messages())
                .containsExactly("cluster 'shop': read secret file " + file
                        + " anew; secrets accepted: 2, connections to be opened anew: 0");
        security.reload();
        assertThat(messages()).as("nothing has changed").hasSize(1);
    }

    @Test
    void whatIsSealedFollowsTheSecrets() throws IOException {
        Path file = secretFile(ONE);
        MemberSecurity security = start(SecretSource.file(file));
        Sealer sealer = security.sealer("test");
        byte[] sealed = sealer.seal(new byte[] {7});

        Files.writeString(file, TWO + "\n" + ONE);
        security.reload();
        assertThat(sealer.open(sealed)).contains(new byte[] {7});
        Files.writeString(file, TWO);
        security.reload();

        assertThat(sealer.open(sealed)).isEmpty();
        assertThat(start(SecretSource.file(secretFile(TWO))).sealer("test").open(sealer.seal(new byte[] {7})))
                .isPresent();
    }

    @Test
    void aFileThatCannotBeUsedIsReportedOnceAndWhatWasReadBeforeStays() throws IOException {
        Path file = secretFile(ONE);
        MemberSecurity security = start(SecretSource.file(file));
        MemberSecurity peer = start(SecretSource.file(secretFile(ONE)));

        Files.writeString(file, "too short");
        security.reload();
        security.reload();

        assertThat(know(peer, security)).isTrue();
        assertThat(messages()).singleElement().asString().contains("stays in force", "was one of 3 bytes");
        Files.delete(file);
        security.reload();
        assertThat(messages()).hasSize(2).last().asString().contains("must name a readable secret file");
        Files.writeString(file, TWO);
        security.reload();
        assertThat(know(peer, security)).isFalse();
        assertThat(messages()).hasSize(3);
    }

    @Test
    void aSecretThatEverybodyCanReadIsWorthAWarning() throws IOException {
        Path file = secretFile(ONE);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        start(SecretSource.file(file));

        assertThat(messages()).singleElement().asString().contains("can read the cluster's secret", file.toString());
    }

    @Test
    void storesThatCannotBeUsedFailTheStartWithTheFileAndTheReason() throws Exception {
        Path good = keyStore("good");
        Path none = directory.resolve("none.p12");
        Path junk = Files.writeString(directory.resolve("junk.p12"), "junk");

        assertThatThrownBy(() -> start(new KeyStores(none, good, "password".toCharArray())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("cluster.security must name a readable key or trust store", none.toString());
        assertThatThrownBy(() -> start(new KeyStores(good, junk, "password".toCharArray())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("must name a PKCS #12 store that its password opens", junk.toString());
        assertThatThrownBy(() -> start(new KeyStores(good, good, "wrong-one".toCharArray())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("must name a PKCS #12 store that its password opens", good.toString())
                .hasMessageNotContaining("wrong-one");
    }

    @Test
    void changedStoresCountForConnectionsToComeAndBrokenOnesDoNot() throws Exception {
        Path store = keyStore("one");
        MemberSecurity security = start(new KeyStores(store, store, "password".toCharArray()));

        Files.copy(keyStore("two"), store, StandardCopyOption.REPLACE_EXISTING);
        security.reload();
        security.reload();
        assertThat(messages()).singleElement().asString().endsWith("anew, for the connections to come");

        Files.writeString(store, "junk");
        security.reload();
        security.reload();
        assertThat(messages()).hasSize(2).last().asString().contains("stays in force", store.toString());
    }

    @Test
    void brokenStoresDoNotKeepARemovedSecretAlive() throws Exception {
        Path store = keyStore("one");
        Path file = secretFile(ONE);
        MemberSecurity security = start(SecretSource.file(file), new KeyStores(store, store, "password".toCharArray()));
        MemberSecurity peer = start(SecretSource.file(secretFile(ONE)));

        Files.writeString(store, "junk");
        Files.writeString(file, TWO);
        security.reload();

        assertThat(know(peer, security)).isFalse();
    }

    private MemberSecurity start(SecretSource secrets) {
        return new MemberSecurity(new SecurityConfig(secrets, null), "shop", time.scheduler(), pool, time.ticker());
    }

    private MemberSecurity start(KeyStores stores) throws IOException {
        return start(SecretSource.file(secretFile(ONE)), stores);
    }

    private MemberSecurity start(SecretSource secrets, KeyStores stores) {
        return new MemberSecurity(new SecurityConfig(secrets, stores), "shop", time.scheduler(), pool, time.ticker());
    }

    /** Whether the one that accepts takes the proof of the one that connects. */
    private static boolean know(MemberSecurity connecting, MemberSecurity accepting) {
        MutualProof connector = connecting.newProof(MutualProof.Role.CONNECTOR, new byte[] {1}, new byte[] {2});
        MutualProof acceptor = accepting.newProof(MutualProof.Role.ACCEPTOR, new byte[] {2}, new byte[] {1});
        acceptor.receive(ByteBuffer.wrap(connector.hello()));
        acceptor.receive(ByteBuffer.wrap(connector.receive(ByteBuffer.wrap(acceptor.hello()))));
        return acceptor.step() == MutualProof.Step.DONE;
    }

    private Path secretFile(String secret) throws IOException {
        Path file = Files.createTempFile(directory, "cluster", ".secret"); // readable by its owner only
        return Files.writeString(file, secret + "\n");
    }

    private Path keyStore(String name) throws IOException, InterruptedException {
        Path file = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "password",
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return file;
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
