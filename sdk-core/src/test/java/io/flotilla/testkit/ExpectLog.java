package io.flotilla.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A line of level WARN or ERROR that the test provokes on purpose. Without it {@link CleanSlate} fails the test that logs
 * one; with it, the test that does not.
 */
@Documented
@Target({ElementType.METHOD, ElementType.TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(ExpectLog.All.class)
public @interface ExpectLog {

    /**
     * A regular expression to be found in the message.
     *
     * @return the expression
     */
    String value();

    /**
     * Whether the line must come: false for one that depends on timing, and on a class whose tests do not all log it.
     *
     * @return true unless the line may be absent
     */
    boolean required() default true;

    /** Container of several {@link ExpectLog}. */
    @Documented
    @Target({ElementType.METHOD, ElementType.TYPE})
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {

        /**
         * The lines.
         *
         * @return all of them
         */
        ExpectLog[] value();
    }
}
