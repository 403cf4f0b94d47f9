package dev.loadstar.platform.security;

import java.time.Clock;

import dev.loadstar.platform.settings.AdminSettings;
import dev.loadstar.platform.settings.PlatformSettings;
import jakarta.servlet.DispatcherType;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.web.server.servlet.CookieSameSiteSupplier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.authentication.SavedRequestAwareAuthenticationSuccessHandler;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.UsernamePasswordAuthenticationFilter;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.NullRequestCache;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.NegatedRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two ways in. A request with a token has no session and needs no protection against forgery. Every other one is a
 * browser's: it has a session, and to change something it must prove that it comes from one of our own pages.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
@EntityScan(basePackageClasses = UserRow.class)
@EnableJpaRepositories(basePackageClasses = UserRow.class)
public class SecurityConfiguration {

    private static final String[] OPEN = {
        "/login",
        "/healthz",
        "/schema/**",
        "/webjars/**",
        "/assets/**",
        "/css/**",
        "/js/**",
        "/img/**",
        "/favicon.ico",
        "/favicon.svg",
        "/error"
    };
    private static final String PROJECTS = "/api/v1/projects";
    private static final String PROJECT = "/api/v1/projects/*";
    private static final String CONTENT = "default-src 'self'; img-src 'self' data:; "
            + "frame-ancestors 'none'; base-uri 'none'; form-action 'self'; object-src 'none'";

    private final RequestMatcher api = PathPatternRequestMatcher.pathPattern("/api/**");
    private final Refusal refusal = new Refusal();

    @Bean
    OneTimeLinks oneTimeLinks(ObjectProvider<Clock> clock) {
        return new OneTimeLinks(clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    Accounts accounts(
            PlatformTransactionManager transactions,
            UserRows users,
            TokenRows tokens,
            AdminSettings admin,
            PlatformSettings platform) {
        PasswordEncoder passwords = PasswordEncoderFactories.createDelegatingPasswordEncoder();
        return new Accounts(
                new Accounts.Tables(new TransactionTemplate(transactions), users, tokens),
                passwords,
                admin,
                platform.data());
    }

    @Bean
    Refusal refusal() {
        return refusal;
    }

    @Bean
    CookieSameSiteSupplier sameSite() {
        return CookieSameSiteSupplier.ofLax();
    }

    @Bean
    @Order(1)
    SecurityFilterChain tokens(HttpSecurity http, Accounts accounts) throws Exception {
        return http.securityMatcher(BearerFilter::isMeant)
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(cache -> cache.requestCache(new NullRequestCache()))
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .addFilterBefore(new BearerFilter(accounts), UsernamePasswordAuthenticationFilter.class)
                .authorizeHttpRequests(requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .requestMatchers(OPEN)
                        .permitAll()
                        .requestMatchers(HttpMethod.POST, PROJECTS)
                        .hasRole("ADMIN")
                        .requestMatchers(HttpMethod.PATCH, PROJECT)
                        .hasRole("ADMIN")
                        .anyRequest()
                        .authenticated())
                .exceptionHandling(
                        refused -> refused.authenticationEntryPoint(refusal).accessDeniedHandler(refusal))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT)))
                .build();
    }

    @Bean
    @Order(2)
    SecurityFilterChain browsers(HttpSecurity http, Accounts accounts, OneTimeLinks links, ObjectProvider<Clock> clock)
            throws Exception {
        var throttle = new SignInThrottle(clock.getIfAvailable(Clock::systemUTC));
        var seen = new HttpSessionRequestCache();
        seen.setRequestMatcher(new NegatedRequestMatcher(api));
        return http.userDetailsService(accounts)
                .requestCache(cache -> cache.requestCache(seen))
                .addFilterBefore(throttle, UsernamePasswordAuthenticationFilter.class)
                .addFilterBefore(new OneTimeFilter(links, accounts), UsernamePasswordAuthenticationFilter.class)
                .authorizeHttpRequests(
                        requests -> requests.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD)
                                .permitAll()
                                .requestMatchers(OPEN)
                                .permitAll()
                                .requestMatchers(HttpMethod.POST, PROJECTS)
                                .hasRole("ADMIN")
                                .requestMatchers(HttpMethod.PATCH, PROJECT)
                                .hasRole("ADMIN")
                                .anyRequest()
                                .authenticated())
                .formLogin(form -> form.loginPage("/login")
                        .successHandler(throttle.succeeding(new SavedRequestAwareAuthenticationSuccessHandler()))
                        .failureHandler(throttle.failing(new SimpleUrlAuthenticationFailureHandler("/login?error")))
                        .permitAll())
                .logout(logout -> logout.logoutSuccessUrl("/login?out"))
                .exceptionHandling(refused -> refused.defaultAuthenticationEntryPointFor(refusal, api)
                        .defaultAuthenticationEntryPointFor(
                                new LoginUrlAuthenticationEntryPoint("/login"), new NegatedRequestMatcher(api))
                        .defaultAccessDeniedHandlerFor(refusal, api))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT)))
                .build();
    }
}
