using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Network;
using EnergyChain.Node.Network.Links;
using EnergyChain.Node.Network.Secure;

namespace EnergyChain.Node.Tests.Network;

/// <summary>
/// Stands between a dialer and a listener with a certificate of its own to each, hands every byte on, and sees all of
/// them in clear. Where it is told to, it puts the channel binding that each end expects in place of the other.
/// </summary>
internal sealed class ManInTheMiddle : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly PeerCertificate _certificate = PeerCertificate.Create();
    private readonly CancellationTokenSource _stopping = new();
    private readonly PeerAddress _target;
    private readonly bool _rewrites;

    public ManInTheMiddle(PeerAddress target, bool rewrites)
    {
        _target = target;
        _rewrites = rewrites;
        _listener.Start();
        _ = AcceptAsync();
    }

    public PeerAddress Address => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

    /// <summary>How many channel bindings it has exchanged.</summary>
    public int Rewritten { get; private set; }

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _certificate.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = RelayAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
            }
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
        }
    }

    private async Task RelayAsync(TcpClient victim)
    {
        try
        {
            using SslStream near = new(victim.GetStream());
            await near.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = _certificate.Context,
                ClientCertificateRequired = true,
                EnabledSslProtocols = SslProtocols.Tls13,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
            });
            using RawTls far = await RawTls.ConnectAsync(_target, _certificate);
            Hash32 nearBinding = ChannelBinding.Of(KeyOf(near), _certificate.PublicKey);
            Hash32 farBinding = ChannelBinding.Of(_certificate.PublicKey, KeyOf(far.Stream));
            await Task.WhenAny(
                PumpAsync(near, far.Stream, nearBinding, farBinding),
                PumpAsync(far.Stream, near, farBinding, nearBinding));
        }
        catch (Exception failure) when (FrameFailure.IsExpected(failure))
        {
        }
    }

    private static byte[] KeyOf(SslStream stream) =>
        ((System.Security.Cryptography.X509Certificates.X509Certificate2)stream.RemoteCertificate!)
            .PublicKey.ExportSubjectPublicKeyInfo();

    private async Task PumpAsync(SslStream from, SslStream to, Hash32 seen, Hash32 wanted)
    {
        byte[] buffer = new byte[64 * 1024];
        while (await from.ReadAsync(buffer, _stopping.Token) is var count and > 0)
        {
            int at = buffer.AsSpan(0, count).IndexOf(seen.ToArray());
            if (_rewrites && at >= 0)
            {
                wanted.ToArray().CopyTo(buffer, at);
                Rewritten++;
            }

            await to.WriteAsync(buffer.AsMemory(0, count), _stopping.Token);
            await to.FlushAsync(_stopping.Token);
        }
    }
}
