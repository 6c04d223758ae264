package io.flotilla.internal.security;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.spi.Sealer;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class ClusterSealerTest {
    private static final MemberKey ONE = MemberKey.of("the first secret".getBytes(US_ASCII));
    private static final MemberKey TWO = MemberKey.of("the second secret".getBytes(US_ASCII));
    private static final byte[] PLAIN = "a session's secret".getBytes(US_ASCII);

    private static Sealer sealer(MemberKey... keys) {
        return new ClusterSealer(() -> List.of(keys), "shop", "ids");
    }

    @Test
    void opensWhatAnotherMemberSealed() {
        byte[] sealed = sealer(ONE).seal(PLAIN);

        assertThat(sealed).hasSize(PLAIN.length + 29);
        assertThat(new String(sealed, US_ASCII)).doesNotContain("session");
        assertThat(sealer(ONE).open(sealed)).contains(PLAIN);
        assertThat(sealer(ONE).open(sealer(ONE).seal(new byte[0]))).contains(new byte[0]);
    }

    @Test
    void looksDifferentEachTime() {
        Sealer sealer = sealer(ONE);

        assertThat(sealer.seal(PLAIN)).isNotEqualTo(sealer.seal(PLAIN));
    }

    @Test
    void whatWasChangedIsNotOpened() {
        byte[] sealed = sealer(ONE).seal(PLAIN);

        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(sealer(ONE).open(changed)).as("byte %d", i).isEmpty();
        }
        assertThat(sealer(ONE).open(new byte[0])).isEmpty();
        assertThat(sealer(ONE).open(new byte[28])).isEmpty();
    }

    @Test
    void keysAreOfOneSecretOneClusterAndOnePurpose() {
        byte[] sealed = sealer(ONE).seal(PLAIN);

        assertThat(sealer(TWO).open(sealed)).isEmpty();
        assertThat(new ClusterSealer(() -> List.of(ONE), "shop", "other").open(sealed))
                .isEmpty();
        assertThat(new ClusterSealer(() -> List.of(ONE), "bank", "ids").open(sealed))
                .isEmpty();
        assertThat(ClusterSealer.withoutSecret("shop", "ids").open(sealed)).isEmpty();
    }

    @Test
    void aChangeOfSecretsGoesThroughItsRounds() {
        AtomicReference<List<MemberKey>> secrets = new AtomicReference<>(List.of(ONE));
        Sealer sealer = new ClusterSealer(secrets::get, "shop", "ids");
        byte[] old = sealer.seal(PLAIN);

        secrets.set(List.of(ONE, TWO));
        assertThat(sealer(ONE).open(sealer.seal(PLAIN)))
                .as("by members that know the first only")
                .isPresent();
        secrets.set(List.of(TWO, ONE));
        byte[] fresh = sealer.seal(PLAIN);
        assertThat(sealer.open(old)).contains(PLAIN);
        assertThat(sealer(TWO).open(fresh)).contains(PLAIN);
        secrets.set(List.of(TWO));
        assertThat(sealer.open(old)).isEmpty();
        assertThat(sealer.open(fresh)).contains(PLAIN);
    }

    @Test
    void withoutASecretEveryMemberOpens() {
        byte[] sealed = ClusterSealer.withoutSecret("laptop", "ids").seal(PLAIN);

        assertThat(ClusterSealer.withoutSecret("laptop", "ids").open(sealed)).contains(PLAIN);
        assertThat(ClusterSealer.withoutSecret("laptop", "other").open(sealed)).isEmpty();
    }

    /** Members of two releases must open each other's values. */
    @Test
    void theFormatIsPinned() {
        String pinned =
                "01909708aeb5d1eb44790c9eee7fffa4e0008c88d8640043fadec07925a8a0075954321d95eba065ece9dc389af0c1";

        assertThat(sealer(ONE).open(HexFormat.of().parseHex(pinned))).contains(PLAIN);
    }
}
