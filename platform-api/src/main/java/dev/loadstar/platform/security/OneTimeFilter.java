package dev.loadstar.platform.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.authentication.AbstractAuthenticationProcessingFilter;
import org.springframework.security.web.authentication.SimpleUrlAuthenticationFailureHandler;
import org.springframework.security.web.authentication.session.ChangeSessionIdAuthenticationStrategy;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/** Signs in whoever follows a link of {@link OneTimeLinks}. */
final class OneTimeFilter extends AbstractAuthenticationProcessingFilter {

    private static final String PARAMETER = "once";

    private final OneTimeLinks links;
    private final Accounts accounts;

    OneTimeFilter(OneTimeLinks links, Accounts accounts) {
        super(OneTimeFilter::isMeant);
        this.links = links;
        this.accounts = accounts;
        setAuthenticationManager(authentication -> authentication);
        setSecurityContextRepository(new HttpSessionSecurityContextRepository());
        setSessionAuthenticationStrategy(new ChangeSessionIdAuthenticationStrategy());
        setAuthenticationFailureHandler(new SimpleUrlAuthenticationFailureHandler("/login?expired"));
    }

    private static boolean isMeant(HttpServletRequest request) {
        return request.getMethod().equals(HttpMethod.GET.name())
                && request.getRequestURI().equals(request.getContextPath() + "/login")
                && request.getParameter(PARAMETER) != null;
    }

    @Override
    public Authentication attemptAuthentication(HttpServletRequest request, HttpServletResponse response) {
        @Nullable String token = request.getParameter(PARAMETER);
        if (token == null || !links.redeem(token)) {
            throw new BadCredentialsException("the link was used already or is too old");
        }
        return accounts.administrator();
    }
}
