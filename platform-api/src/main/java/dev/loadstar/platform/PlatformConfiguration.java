package dev.loadstar.platform;

import org.springframework.context.annotation.Configuration;

/** Everything of this module, for the server to import. */
@Configuration(proxyBeanMethods = false)
public class PlatformConfiguration {}
