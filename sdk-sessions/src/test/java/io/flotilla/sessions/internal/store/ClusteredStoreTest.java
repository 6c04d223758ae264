package io.flotilla.sessions.internal.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.flotilla.ClusterBuilder;
import io.flotilla.testkit.ClusterTest;
import io.flotilla.testkit.TestCluster;
import io.flotilla.testkit.TestTime;
import java.lang.reflect.Method;
import java.util.List;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** The contract over a cluster, from every member: as the owner of a session, as its backup, and as neither. */
final class ClusteredStoreTest implements ClusterTest.Setup {

    @Override
    public void configure(int i, ClusterBuilder member) {
        ModuleProbe.install(member);
    }

    private static final class FromOneMember extends SessionStoreContract {
        private final SessionStore store;
        private final TestTime time;

        FromOneMember(SessionStore store, TestTime time) {
            this.store = store;
            this.time = time;
        }

        @Override
        SessionStore store() {
            return store;
        }

        @Override
        TestTime time() {
            return time;
        }
    }

    @ClusterTest(members = 3)
    void keepsTheContractFromEveryMember(TestCluster cluster, TestTime time) {
        List<Method> tests = AnnotationSupport.findAnnotatedMethods(
                SessionStoreContract.class, Test.class, HierarchyTraversalMode.TOP_DOWN);
        assertThat(tests).hasSizeGreaterThan(20);
        SoftAssertions soft = new SoftAssertions();
        for (int i : cluster.running()) {
            ClusteredStore store = ModuleProbe.of(cluster.member(i)).store();
            for (Method test : tests) {
                soft.assertThatCode(() -> ReflectionSupport.invokeMethod(test, new FromOneMember(store, time)))
                        .as("%s from member %d", test.getName(), i)
                        .doesNotThrowAnyException();
            }
        }
        soft.assertAll();
    }
}
