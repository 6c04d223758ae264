package io.flotilla.spi.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClassRulesTest {
    private static ClassRules rules(String... patterns) {
        return new ClassRules(List.of(patterns));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.shop.Cart",
                "java.util.ArrayList",
                "[Lcom.shop.Cart;",
                "[[I",
                "int",
                "Unpacked",
                "org.codehaus.groovy.runtime.GStringImpl",
                "org.apache.commons.collections.map.ListOrderedMap",
                "javax.swing.tree.DefaultMutableTreeNode",
                "org.springframework.beans.factory.ObjectFactoryCreatingFactoryBean$TargetBeanObjectFactory"
            })
    void withoutPatternsAllIsAllowed(String name) {
        assertThat(rules().allows(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.commons.collections.functors.InvokerTransformer",
                "org.apache.commons.collections4.functors.InvokerTransformer",
                "org.apache.commons.collections.map.LazyMap",
                "org.apache.commons.beanutils.BeanComparator",
                "org.codehaus.groovy.runtime.ConvertedClosure",
                "org.springframework.core.SerializableTypeWrapper$MethodInvokeTypeProvider",
                "org.springframework.beans.factory.ObjectFactory",
                "com.sun.org.apache.xalan.internal.xsltc.trax.TemplatesImpl",
                "com.sun.rowset.JdbcRowSetImpl",
                "com.mchange.v2.c3p0.impl.PoolBackedDataSourceBase",
                "org.mozilla.javascript.NativeError",
                "javax.management.BadAttributeValueExpException",
                "java.rmi.server.UnicastRemoteObject",
                "java.security.SignedObject",
                "[Ljava.security.SignedObject;",
                "bsh.XThis"
            })
    void knownGadgetsAreRefused(String name) {
        assertThat(rules().allows(name)).isFalse();
        assertThat(rules("**").allows(name)).as("for all patterns").isFalse();
    }

    @Test
    void gadgetIsAllowedWhereItIsNamed() {
        assertThat(rules("java.security.SignedObject").allows("java.security.SignedObject"))
                .isTrue();
        assertThat(rules("java.security.SignedObject").allows("bsh.XThis")).isFalse();
    }

    @Test
    void withPatternsOnlyTheirsAndPlainTypesAreAllowed() {
        ClassRules rules = rules("com.shop.Cart", "com.shop.orders.*", "com.shop.users.**");

        assertThat(List.of(
                        "com.shop.Cart",
                        "com.shop.Cart$Line",
                        "com.shop.Cart$Line$Part",
                        "[Lcom.shop.Cart;",
                        "com.shop.orders.Order",
                        "com.shop.orders.Order$Line",
                        "com.shop.users.User",
                        "com.shop.users.rights.Right",
                        "java.lang.String",
                        "java.util.concurrent.ConcurrentHashMap",
                        "java.time.ZonedDateTime",
                        "java.math.BigDecimal",
                        "java.sql.Timestamp",
                        "java.net.URI",
                        "[B",
                        "int"))
                .allMatch(rules::allows);
        assertThat(List.of(
                        "com.shop.Carts",
                        "com.shop.Order",
                        "com.shop.orders.old.Order",
                        "com.shop.usersOld.User",
                        "com.shopping.Cart",
                        "Unpacked",
                        "java.lang.invoke.SerializedLambda",
                        "java.lang.reflect.Method",
                        "[Lcom.other.Thing;"))
                .noneMatch(rules::allows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.shop.Cart", "Cart", "com.shop.Cart$Line", "com.shop.*", "com.shop.**", "**"})
    void patterns(String pattern) {
        assertThatCode(() -> ClassRules.check("shop.allowClasses", pattern)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "com.shop.",
                ".Cart",
                "com.*.Cart",
                "com.shop.Ca*",
                "com/shop/Cart",
                "!com.shop.*",
                "a;b",
                "a b"
            })
    void whatIsNoPatternIsRefused(String pattern) {
        assertThatThrownBy(() -> ClassRules.check("shop.allowClasses", pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("shop.allowClasses must name classes (com.shop.Cart), packages (com.shop.*) or packages"
                        + " with all below them (com.shop.**), was " + pattern);
    }
}
