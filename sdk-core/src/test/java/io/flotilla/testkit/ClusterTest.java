package io.flotilla.testkit;

import io.flotilla.ClusterBuilder;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A test with a cluster, which JUnit starts before it and closes after it. The test takes the cluster as a parameter:
 *
 * <pre>{@code
 * class CartTest implements ClusterTest.Setup {
 *     public void configure(int i, ClusterBuilder member) {
 *         member.install(Sessions.module());
 *     }
 *
 *     @ClusterTest(members = 3)
 *     void survivesACrash(TestCluster cluster) { ... }
 * }
 * }</pre>
 *
 * <p>Parameters of the test, and of its {@code @BeforeEach} and {@code @AfterEach} methods: {@link TestCluster}, running;
 * {@link TestCluster.Builder}, to be configured and started by the test itself; {@link TestTime}, which the cluster's
 * members then live by if the test method takes it.
 *
 * <p>After the test {@link CleanSlate} looks for what was left behind.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Test
@Tag("cluster")
@ExtendWith({CleanSlate.class, ClusterExtension.class})
public @interface ClusterTest {

    /**
     * How many members to start.
     *
     * @return the number, 1 or more
     */
    int members() default 3;

    /** Implemented by a test class that installs modules or changes settings of its clusters' members. */
    interface Setup {

        /**
         * Configures one member; called again when it restarts.
         *
         * @param i the member's number
         * @param member its builder
         */
        void configure(int i, ClusterBuilder member);
    }
}
