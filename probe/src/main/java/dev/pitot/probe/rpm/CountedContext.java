package dev.pitot.probe.rpm;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// TLS of another context whose engines count what they encrypt, for one HTTP client.
final class CountedContext extends SSLContext {
    private CountedContext(SSLContext context, SendQueue queue) {
        super(new EngineFactory(context, queue), context.getProvider(), context.getProtocol());
    }

    static SSLContext of(SSLContext context, SendQueue queue) {
        return new CountedContext(context, queue);
    }

    private static final class EngineFactory extends SSLContextSpi {
        private final SSLContext context;
        private final SendQueue queue;

        EngineFactory(SSLContext context, SendQueue queue) {
            this.context = context;
            this.queue = queue;
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random)
                throws KeyManagementException {
            throw new KeyManagementException("it is initialized");
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return context.getSocketFactory();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return context.getServerSocketFactory();
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            return new CountedEngine(context.createSSLEngine(), queue);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return new CountedEngine(context.createSSLEngine(host, port), queue);
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return context.getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return context.getClientSessionContext();
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return context.getDefaultSSLParameters();
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return context.getSupportedSSLParameters();
        }
    }
}
