using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using EnergyChain.Node.Network.Secure;

namespace EnergyChain.Benchmarks.Faults;

/// <summary>What TLS costs a link, against clear text over the same loopback in the same run.</summary>
internal static class ChannelBenchmark
{
    private const int Handshakes = 200;
    private const int ChunkBytes = 64 * 1024;
    private const long TransferBytes = 256L * 1024 * 1024;

    public static async Task RunAsync()
    {
        using PeerCertificate listener = PeerCertificate.Create();
        using PeerCertificate dialer = PeerCertificate.Create();
        double[] clear = await ConnectAsync(null, null);
        double[] secure = await ConnectAsync(dialer, listener);
        Console.WriteLine($"connect, clear text   p50 {clear[Handshakes / 2]:F2} ms");
        Console.WriteLine($"connect, TLS 1.3 mutual   p50 {secure[Handshakes / 2]:F2} ms, p99 {secure[^2]:F2} ms");
        double plainRate = await TransferAsync(null, null);
        double tlsRate = await TransferAsync(dialer, listener);
        Console.WriteLine($"transfer, clear text   {plainRate:F0} MB/s");
        Console.WriteLine($"transfer, TLS   {tlsRate:F0} MB/s, {tlsRate / plainRate:P0} of clear text");
    }

    private static async Task<double[]> ConnectAsync(PeerCertificate? dialer, PeerCertificate? listener)
    {
        List<double> times = [];
        for (int i = 0; i < Handshakes; i++)
        {
            long start = Stopwatch.GetTimestamp();
            (Stream near, Stream far) = await PairAsync(dialer, listener);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await near.DisposeAsync();
            await far.DisposeAsync();
        }

        return [.. times.Order()];
    }

    private static async Task<double> TransferAsync(PeerCertificate? dialer, PeerCertificate? listener)
    {
        (Stream near, Stream far) = await PairAsync(dialer, listener);
        long start = Stopwatch.GetTimestamp();
        Task send = Task.Run(async () =>
        {
            byte[] chunk = new byte[ChunkBytes];
            for (long sent = 0; sent < TransferBytes; sent += ChunkBytes)
            {
                await near.WriteAsync(chunk);
            }
        });
        byte[] buffer = new byte[ChunkBytes];
        for (long received = 0; received < TransferBytes;)
        {
            received += await far.ReadAsync(buffer);
        }

        await send;
        double rate = TransferBytes / 1e6 / Stopwatch.GetElapsedTime(start).TotalSeconds;
        await near.DisposeAsync();
        await far.DisposeAsync();
        return rate;
    }

    private static async Task<(Stream Near, Stream Far)> PairAsync(PeerCertificate? dialer, PeerCertificate? listener)
    {
        using TcpListener server = new(IPAddress.Loopback, 0);
        server.Start();
        TcpClient client = new() { NoDelay = true };
        Task<TcpClient> accept = server.AcceptTcpClientAsync();
        await client.ConnectAsync((IPEndPoint)server.LocalEndpoint);
        Stream near = client.GetStream();
        Stream far = (await accept).GetStream();
        if (dialer is null || listener is null)
        {
            return (near, far);
        }

        SslStream dialing = new(near);
        SslStream listening = new(far);
        await Task.WhenAll(
            dialing.AuthenticateAsClientAsync(PeerTls.ForDialing(dialer)),
            listening.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificateContext = listener.Context,
                ClientCertificateRequired = true,
                EnabledSslProtocols = SslProtocols.Tls13,
                AllowTlsResume = false,
                ApplicationProtocols = [SslApplicationProtocol.Http2],
                RemoteCertificateValidationCallback =
                    static (_, certificate, _, _) => PeerCertificate.IsAcceptable(certificate),
            }));
        return (dialing, listening);
    }
}
