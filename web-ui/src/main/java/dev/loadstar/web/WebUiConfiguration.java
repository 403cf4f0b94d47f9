package dev.loadstar.web;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Everything of this module, for the server to import. */
@Configuration(proxyBeanMethods = false)
@Import({
    SignInController.class,
    RunsController.class,
    NewRunController.class,
    RunController.class,
    ErrorPage.class,
    PageAdvice.class
})
public class WebUiConfiguration implements WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(new ContentPolicy()).excludePathPatterns("/api/**");
    }
}
