package io.flotilla.cache.internal.page;

import static java.util.Objects.requireNonNull;

import io.flotilla.cache.Cache;
import io.flotilla.cache.PageCache;
import io.flotilla.spi.ModuleContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import java.util.EnumSet;

/** One page cache of a running cluster. */
public final class RunningPageCache implements PageCache {
    private final Served served;

    public RunningPageCache(PageTier tier, PageSettings settings, ModuleContext context) {
        served = new Served(
                new Pages(tier, settings),
                settings,
                new StoringRules(settings),
                context.clock(),
                new PageMeters(tier.config().name(), context.meters()));
    }

    @Override
    public String name() {
        return cache().name();
    }

    @Override
    public void register(ServletContext context, String... urlPatterns) {
        FilterRegistration.Dynamic registration = context.addFilter(PageCache.class.getName() + "." + name(), filter());
        if (registration == null) {
            throw new IllegalStateException("page cache '" + name()
                    + "' is registered twice for the web application at '" + context.getContextPath() + "'");
        }
        registration.setAsyncSupported(true);
        registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, urlPatterns);
    }

    @Override
    public Filter filter() {
        return new PageFilter(served);
    }

    @Override
    public void invalidateTags(String... tags) {
        cache().invalidateTags(requireNonNull(tags, "tags"));
    }

    @Override
    public void clear() {
        cache().clear();
    }

    private Cache<String, Stored> cache() {
        return served.pages().cache();
    }
}
