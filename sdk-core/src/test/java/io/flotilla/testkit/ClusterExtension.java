package io.flotilla.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** Starts the cluster that a {@link ClusterTest} asks for when it is first needed, and closes it after the test. */
final class ClusterExtension implements ParameterResolver, AfterEachCallback {
    private static final Namespace NAMESPACE = Namespace.create(ClusterExtension.class);
    private static final Set<Class<?>> PARAMETERS =
            Set.of(TestCluster.class, TestCluster.Builder.class, TestTime.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return PARAMETERS.contains(parameter.getParameter().getType());
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        if (type == TestTime.class) {
            return time(context);
        }
        return type == TestCluster.class ? cluster(context) : builder(context);
    }

    private static TestTime time(ExtensionContext context) {
        return store(context).getOrComputeIfAbsent(TestTime.class, key -> new TestTime(), TestTime.class);
    }

    private static TestCluster cluster(ExtensionContext context) {
        return store(context)
                .getOrComputeIfAbsent(TestCluster.class, key -> builder(context).start(), TestCluster.class);
    }

    private static TestCluster.Builder builder(ExtensionContext context) {
        TestCluster.Builder builder = TestCluster.of(name(context));
        AnnotationSupport.findAnnotation(context.getElement(), ClusterTest.class)
                .ifPresent(wanted -> builder.members(wanted.members()));
        if (takesTime(context)) {
            builder.time(time(context));
        }
        for (Object instance : context.getRequiredTestInstances().getAllInstances()) {
            if (instance instanceof ClusterTest.Setup setup) {
                builder.configure(setup::configure);
            }
        }
        builder.onStart(cluster -> started(context).add(cluster));
        return builder;
    }

    private static boolean takesTime(ExtensionContext context) {
        return Arrays.asList(context.getRequiredTestMethod().getParameterTypes())
                .contains(TestTime.class);
    }

    /** The test class in lower case: it shows in the names of the cluster's threads, and so in a report of a leak. */
    private static String name(ExtensionContext context) {
        String name = context.getRequiredTestClass().getSimpleName().toLowerCase(Locale.ROOT);
        return name.substring(0, Math.min(name.length(), 40));
    }

    @Override
    public void afterEach(ExtensionContext context) {
        started(context).forEach(TestCluster::close);
    }

    @SuppressWarnings("unchecked") // only this class writes under this key
    private static List<TestCluster> started(ExtensionContext context) {
        return store(context).getOrComputeIfAbsent("started", key -> new ArrayList<TestCluster>(), List.class);
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
