package io.flotilla.samples.farm;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;

/** Tests that share a farm of three nodes, since it takes longer to start than most of them; each brings its own visitors. */
@Tag("process")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SharedFarm {
    TestFarm farm;

    @BeforeAll
    void startFarm() {
        farm = TestFarm.start(3);
    }

    @AfterAll
    void stopFarm() {
        farm.close();
    }
}
