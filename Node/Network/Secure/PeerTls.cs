using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace EnergyChain.Node.Network.Secure;

/// <summary>
/// How nodes use TLS: version 1.3 only, certificates of both sides, HTTP/2, no resumption (each connection proves its
/// keys anew), and nothing looked up elsewhere.
/// </summary>
internal static class PeerTls
{
    // Sent in clear; the same for all, so that it tells nothing.
    private const string ServerName = "energychain-peer";

    public static SslClientAuthenticationOptions ForDialing(PeerCertificate own) => new()
    {
        TargetHost = ServerName,
        ClientCertificateContext = own.Context,
        EnabledSslProtocols = SslProtocols.Tls13,
        EncryptionPolicy = EncryptionPolicy.RequireEncryption,
        ApplicationProtocols = [SslApplicationProtocol.Http2],
        AllowRenegotiation = false,
        AllowTlsResume = false,
        CertificateRevocationCheckMode = X509RevocationMode.NoCheck,
        CertificateChainPolicy = WithoutLookups(),
        RemoteCertificateValidationCallback =
            static (_, certificate, _, _) => PeerCertificate.IsAcceptable(certificate),
    };

    public static HttpsConnectionAdapterOptions ForListening(PeerCertificate own, TimeSpan patience) => new()
    {
        ServerCertificate = own.Certificate,
        ClientCertificateMode = ClientCertificateMode.RequireCertificate,
        ClientCertificateValidation = static (certificate, _, _) => PeerCertificate.IsAcceptable(certificate),
        SslProtocols = SslProtocols.Tls13,
        HandshakeTimeout = patience,
        OnAuthenticate = (_, tls) =>
        {
            tls.ServerCertificateContext = own.Context;
            tls.AllowRenegotiation = false;
            tls.AllowTlsResume = false;
            tls.CertificateRevocationCheckMode = X509RevocationMode.NoCheck;
            tls.CertificateChainPolicy = WithoutLookups();
        },
    };

    private static X509ChainPolicy WithoutLookups() => new()
    {
        RevocationMode = X509RevocationMode.NoCheck,
        DisableCertificateDownloads = true,
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        VerificationFlags = X509VerificationFlags.AllFlags,
    };
}
