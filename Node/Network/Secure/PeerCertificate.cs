using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EnergyChain.Node.Network.Secure;

/// <summary>
/// The certificate that a node shows to its peers: self-made, ECDSA on P-256, new at every start and never on disk. It
/// says nothing of who the node is; the handshake binds the node key to it (ADR 9).
/// </summary>
internal sealed class PeerCertificate : IDisposable
{
    private const string EllipticCurveKey = "1.2.840.10045.2.1";
    private const string P256 = "1.2.840.10045.3.1.7";
    private const int MaxBytes = 2 * 1024;

    private readonly X509Certificate2 _certificate;

    private PeerCertificate(X509Certificate2 certificate)
    {
        _certificate = certificate;
        PublicKey = certificate.PublicKey.ExportSubjectPublicKeyInfo();
        Context = SslStreamCertificateContext.Create(certificate, null, offline: true);
    }

    public X509Certificate2 Certificate => _certificate;

    public SslStreamCertificateContext Context { get; }

    /// <summary>The public key as SubjectPublicKeyInfo (RFC 5280): what the handshake is bound to.</summary>
    public byte[] PublicKey { get; }

    public static PeerCertificate Create()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=energychain", key, HashAlgorithmName.SHA256);

        // "No well-defined expiration" of RFC 5280: a node's clock must not keep it from its peers.
        X509Certificate2 certificate = request.CreateSelfSigned(
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero));
        if (!OperatingSystem.IsWindows())
        {
            return new PeerCertificate(certificate);
        }

        // Windows takes no key that was never in a store or a file.
        using X509Certificate2 once = certificate;
        return new PeerCertificate(
            X509CertificateLoader.LoadPkcs12(once.Export(X509ContentType.Pfx), null, X509KeyStorageFlags.Exportable));
    }

    /// <summary>
    /// Whether a peer's certificate has the form of ours. Who made it and until when it holds is of no meaning: TLS has
    /// proven that the peer has its key.
    /// </summary>
    public static bool IsAcceptable(X509Certificate? certificate) =>
        certificate is X509Certificate2 { PublicKey: { } key } sized
        && sized.RawDataMemory.Length <= MaxBytes
        && key.Oid.Value == EllipticCurveKey
        && CurveOf(key) == P256;

    public void Dispose() => _certificate.Dispose();

    private static string? CurveOf(PublicKey key)
    {
        try
        {
            using ECDsa? curve = key.GetECDsaPublicKey();
            return curve?.ExportParameters(includePrivateParameters: false).Curve.Oid.Value;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
