package io.flotilla.spi.codec;

import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Classes that published attacks on deserialization are built from, and those that deserialize something again without a
 * filter. No value needs them. The list cannot be complete: whoever knows the classes of the application's values
 * names them with {@code allowClasses}.
 */
final class Gadgets {

    /** Packages with all below them, which end with a dot, and classes, which stand for their nested ones too. */
    private static final NavigableSet<String> KNOWN = new TreeSet<>(List.of(
            // objects that hold serialized objects
            "java.rmi.",
            "java.security.SignedObject",
            "javax.crypto.SealedObject",
            "javax.management.",
            "sun.rmi.",
            // of the JDK: templates that define classes, look-ups by name, lazy values, scripts
            "com.sun.jndi.",
            "com.sun.org.apache.bcel.",
            "com.sun.org.apache.xalan.",
            "com.sun.rowset.",
            "javax.naming.ldap.Rdn",
            "javax.naming.spi.",
            "javax.script.",
            "javax.sql.rowset.",
            "javax.swing.UIDefaults",
            "jdk.nashorn.",
            "sun.reflect.annotation.AnnotationInvocationHandler",
            "sun.swing.",
            // collections and beans that call methods by name
            "com.fasterxml.jackson.databind.node.POJONode",
            "com.rometools.rome.feed.impl.EqualsBean",
            "com.rometools.rome.feed.impl.ObjectBean",
            "com.rometools.rome.feed.impl.ToStringBean",
            "com.sun.syndication.feed.impl.EqualsBean",
            "com.sun.syndication.feed.impl.ObjectBean",
            "com.sun.syndication.feed.impl.ToStringBean",
            "org.apache.click.control.Column",
            "org.apache.commons.beanutils.BeanComparator",
            "org.apache.commons.beanutils2.BeanComparator",
            "org.apache.commons.collections.comparators.TransformingComparator",
            "org.apache.commons.collections.functors.",
            "org.apache.commons.collections.keyvalue.TiedMapEntry",
            "org.apache.commons.collections.map.LazyMap",
            "org.apache.commons.collections4.comparators.TransformingComparator",
            "org.apache.commons.collections4.functors.",
            "org.apache.commons.collections4.keyvalue.TiedMapEntry",
            "org.apache.commons.collections4.map.LazyMap",
            // proxies and factories that call what the stream says
            "org.apache.xbean.naming.",
            "org.jboss.interceptor.",
            "org.springframework.aop.target.JndiObjectTargetSource",
            "org.springframework.beans.factory.ObjectFactory",
            "org.springframework.core.SerializableTypeWrapper",
            "org.springframework.jndi.",
            "org.springframework.transaction.jta.",
            // templates and byte code outside of the JDK
            "org.apache.bcel.",
            "org.apache.xalan.",
            // scripting languages
            "bsh.",
            "clojure.inspector.",
            "org.codehaus.groovy.runtime.ConversionHandler",
            "org.codehaus.groovy.runtime.ConvertedClosure",
            "org.codehaus.groovy.runtime.MethodClosure",
            "org.mozilla.javascript.",
            "org.python.core.",
            // data sources that look up or connect, files that are written or deleted
            "com.mchange.",
            "org.apache.commons.dbcp.datasources.",
            "org.apache.commons.dbcp2.datasources.",
            "org.apache.commons.fileupload.disk.DiskFileItem",
            "org.apache.tomcat.dbcp.",
            "org.apache.wicket.util.upload.DiskFileItem",
            "org.aspectj.weaver.",
            // object-relational mapping by getters
            "org.hibernate.engine.spi.TypedValue",
            "org.hibernate.property.",
            "org.hibernate.tuple.component.",
            "org.hibernate.type.ComponentType"));

    private Gadgets() {}

    static boolean isKnown(String className) {
        // What is before the name in order and nearest to it is the only one that it can begin with.
        String nearest = KNOWN.floor(className);
        return nearest != null
                && className.startsWith(nearest)
                && (nearest.endsWith(".")
                        || className.length() == nearest.length()
                        || className.charAt(nearest.length()) == '$');
    }
}
