package io.flotilla.benchmarks.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SocketCountersTest {
    private static final String MEMBER = "0 0 127.0.0.1:17001 127.0.0.1:40001 users:((\"java\",pid=11,fd=9)) cubic"
            + " bytes_sent:1000 bytes_acked:1000 bytes_received:800 segs_out:30 segs_in:31 data_segs_out:20 data_segs_in:19";
    private static final String OTHER_END = "0 0 127.0.0.1:40001 127.0.0.1:17001 users:((\"java\",pid=12,fd=8)) cubic"
            + " bytes_sent:800 bytes_acked:800 bytes_received:1000 segs_out:31 segs_in:30 data_segs_out:19 data_segs_in:20";
    private static final String SILENT =
            "0 0 127.0.0.1:17001 127.0.0.1:40002 users:((\"java\",pid=11,fd=7)) cubic rto:200";
    private static final String HTTP =
            "0 0 127.0.0.1:8080 127.0.0.1:40003 users:((\"java\",pid=11,fd=5)) cubic" + " bytes_sent:7 data_segs_out:7";
    private static final String STRANGER =
            "0 0 127.0.0.1:5432 127.0.0.1:40004 users:((\"psql\",pid=99,fd=5)) cubic" + " bytes_sent:9 data_segs_out:9";

    @Test
    void sumsUpWhatBothEndsHaveSentBesidesHttp() {
        assertThat(SocketCounters.sum(
                        Stream.of(MEMBER, OTHER_END, SILENT, HTTP, STRANGER), Set.of(11L, 12L), List.of(8080)))
                .isEqualTo(new SocketCounters(1800, 39));
    }
}
