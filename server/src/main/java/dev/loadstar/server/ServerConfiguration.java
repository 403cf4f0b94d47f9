package dev.loadstar.server;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The server as a list of what it is made of; {@link Roles} leaves out what the process is not for. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({TopicsConfiguration.class, Roles.class})
class ServerConfiguration {}
