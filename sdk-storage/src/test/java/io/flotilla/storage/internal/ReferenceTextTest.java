package io.flotilla.storage.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is on disk is read by later releases: the text is pinned. */
class ReferenceTextTest {
    private static final Reference REFERENCE = new Reference(
            "ns",
            "a\"ä",
            1,
            2,
            "op",
            new Content(new BlobKey("ab".repeat(32), "png"), 3, "image/png", Map.of("b", "2", "a", "1"), 4, 5));

    private static final String TEXT =
            "{\"namespace\":\"ns\",\"name\":\"a\\\"ä\",\"base\":1,\"generation\":2,\"operation\":\"op\",\"blob\":\""
                    + "ab".repeat(32)
                    + ".png\",\"size\":3,\"contentType\":\"image/png\",\"created\":4,\"expires\":5,"
                    + "\"metadata\":{\"a\":\"1\",\"b\":\"2\"}}";

    @Test
    void isPinned() throws Exception {
        assertThat(new String(ReferenceText.write(REFERENCE), UTF_8)).isEqualTo(TEXT);
        assertThat(ReferenceText.read(TEXT.getBytes(UTF_8))).isEqualTo(REFERENCE);
    }

    @Test
    void passesOverWhatALaterReleaseAdds() throws Exception {
        String later = TEXT.replace("{\"namespace\"", "{\"later\":{\"a\":[1,{}]},\"more\":[1],\"namespace\"");
        assertThat(ReferenceText.read(later.getBytes(UTF_8))).isEqualTo(REFERENCE);
    }

    @Test
    void refusesWhatIsCutOffAnywhere() {
        byte[] whole = TEXT.getBytes(UTF_8);
        for (int i = 0; i < whole.length; i++) {
            byte[] cut = Arrays.copyOf(whole, i);
            assertThatThrownBy(() -> ReferenceText.read(cut)).isInstanceOf(ReferenceText.Unreadable.class);
        }
    }
}
