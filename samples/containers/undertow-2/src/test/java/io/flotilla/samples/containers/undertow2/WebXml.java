package io.flotilla.samples.containers.undertow2;

import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.api.ServletSessionConfig;
import jakarta.servlet.Servlet;
import jakarta.servlet.SessionTrackingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.EventListener;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** As much of a deployment descriptor as the application under test uses. */
record WebXml(Element root) {

    static WebXml read(Path file) throws Exception {
        Document document =
                DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
        return new WebXml(document.getDocumentElement());
    }

    void applyTo(DeploymentInfo application, ClassLoader loader) throws ClassNotFoundException {
        for (Element each : elements(root, "listener")) {
            Class<?> type = loader.loadClass(text(each, "listener-class").orElseThrow());
            application.addListener(Servlets.listener(type.asSubclass(EventListener.class)));
        }
        for (Element each : elements(root, "servlet")) {
            application.addServlet(servlet(each, loader));
        }
        for (Element each : elements(root, "error-page")) {
            errorPage(each, application, loader);
        }
        for (Element each : elements(root, "session-config")) {
            sessions(each, application);
        }
    }

    private ServletInfo servlet(Element servlet, ClassLoader loader) throws ClassNotFoundException {
        String name = text(servlet, "servlet-name").orElseThrow();
        Class<?> type = loader.loadClass(text(servlet, "servlet-class").orElseThrow());
        ServletInfo info = Servlets.servlet(name, type.asSubclass(Servlet.class))
                .setAsyncSupported(text(servlet, "async-supported").isPresent());
        for (Element each : elements(root, "servlet-mapping")) {
            if (text(each, "servlet-name").orElseThrow().equals(name)) {
                info.addMapping(text(each, "url-pattern").orElseThrow());
            }
        }
        return info;
    }

    private static void errorPage(Element page, DeploymentInfo application, ClassLoader loader)
            throws ClassNotFoundException {
        String location = text(page, "location").orElseThrow();
        Optional<String> code = text(page, "error-code");
        if (code.isPresent()) {
            application.addErrorPage(Servlets.errorPage(location, Integer.parseInt(code.get())));
        } else {
            Class<?> type = loader.loadClass(text(page, "exception-type").orElseThrow());
            application.addErrorPage(Servlets.errorPage(location, type.asSubclass(Throwable.class)));
        }
    }

    private static void sessions(Element config, DeploymentInfo application) {
        text(config, "session-timeout")
                .ifPresent(minutes -> application.setDefaultSessionTimeout(Integer.parseInt(minutes) * 60));
        ServletSessionConfig sessions = new ServletSessionConfig();
        Set<SessionTrackingMode> modes = EnumSet.noneOf(SessionTrackingMode.class);
        elements(config, "tracking-mode")
                .forEach(each -> modes.add(
                        SessionTrackingMode.valueOf(each.getTextContent().trim())));
        if (!modes.isEmpty()) {
            sessions.setSessionTrackingModes(modes);
        }
        for (Element cookie : elements(config, "cookie-config")) {
            cookie(cookie, sessions);
        }
        application.setServletSessionConfig(sessions);
    }

    private static void cookie(Element cookie, ServletSessionConfig sessions) {
        set(cookie, "name", sessions::setName);
        set(cookie, "domain", sessions::setDomain);
        set(cookie, "path", sessions::setPath);
        set(cookie, "http-only", value -> sessions.setHttpOnly(Boolean.parseBoolean(value)));
        set(cookie, "secure", value -> sessions.setSecure(Boolean.parseBoolean(value)));
        set(cookie, "max-age", value -> sessions.setMaxAge(Integer.parseInt(value)));
        for (Element each : elements(cookie, "attribute")) {
            sessions.setAttribute(
                    text(each, "attribute-name").orElseThrow(),
                    text(each, "attribute-value").orElseThrow());
        }
    }

    private static void set(Element parent, String name, Consumer<String> setter) {
        text(parent, name).ifPresent(setter);
    }

    private static Optional<String> text(Element parent, String name) {
        return elements(parent, name).stream()
                .map(each -> each.getTextContent().trim())
                .findFirst();
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getChildNodes();
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            if (found.item(i) instanceof Element element && element.getTagName().equals(name)) {
                elements.add(element);
            }
        }
        return elements;
    }
}
