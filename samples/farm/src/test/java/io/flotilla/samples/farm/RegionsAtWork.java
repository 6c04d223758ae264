package io.flotilla.samples.farm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Rising numbers in one region of each kind, with what it promises. */
final class RegionsAtWork implements AutoCloseable {
    private final RisingNumbers eventual;
    private final RisingNumbers synchronous;
    private final RisingNumbers asked;
    private final List<RisingNumbers> all;

    private RegionsAtWork(TestFarm farm) {
        eventual = RisingNumbers.start(farm, "demo", Duration.ofSeconds(3));
        synchronous = RisingNumbers.start(farm, "strict", Duration.ZERO);
        asked = RisingNumbers.start(farm, "shared", Duration.ZERO);
        all = List.of(eventual, synchronous, asked);
    }

    static RegionsAtWork start(TestFarm farm) {
        return new RegionsAtWork(farm);
    }

    void awaitMore() {
        all.forEach(RisingNumbers::awaitMore);
    }

    void mayBeForgotten() {
        all.forEach(RisingNumbers::mayBeForgotten);
    }

    void assertAllAgreeAtLast() throws IOException {
        for (RisingNumbers each : all) {
            each.assertAllAgreeAtLast();
        }
        assertThat(eventual.nearReads()).as("reads from the first tier").isGreaterThan(100);
        assertThat(synchronous.nearReads()).as("reads from the first tier").isGreaterThan(100);
        assertThat(asked.nearReads()).as("reads from the first tier").isZero();
    }

    @Override
    public void close() {
        all.forEach(RisingNumbers::close);
    }
}
