using System.CommandLine;
using System.Globalization;
using System.Net;
using EnergyChain.Core.Crypto;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Network.Judgement;
using EnergyChain.Node.Network.Secure;
using EnergyChain.Protocol.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace EnergyChain.Node.Commands;

/// <summary>
/// <c>peers --config FILE</c>: a node's peers and bans, and the operator's orders to ban and pardon. Orders go through
/// the data directory, so that only who may write there can give them; a running node follows within a second or two.
/// </summary>
internal static class PeersCommand
{
    private const int MostMinutes = 525_600;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    public static Command Create()
    {
        Option<string> config = new("--config") { Description = "Config file of the node (JSON)", Required = true };
        Option<string?> ban = new("--ban") { Description = "Ban a node key (0x...) or an IP address" };
        Option<string?> unban = new("--unban") { Description = "Pardon a node key or an IP address" };
        Option<int> minutes = new("--minutes")
        {
            Description = "How long the ban lasts",
            DefaultValueFactory = static _ => 1_440,
        };
        Command command = new("peers", "Shows a node's peers and bans; bans and pardons.")
        {
            config, ban, unban, minutes,
        };
        command.SetAction((parsed, cancellation) => RunAsync(
            NodeOptionsFile.Load(parsed.GetRequiredValue(config)),
            parsed.GetValue(ban),
            parsed.GetValue(unban),
            parsed.GetValue(minutes),
            parsed.InvocationConfiguration.Output,
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(
        NodeOptions options,
        string? ban,
        string? unban,
        int minutes,
        TextWriter output,
        CancellationToken cancellation)
    {
        if (minutes is < 1 or > MostMinutes)
        {
            throw OperatorException.ForOption("--minutes", minutes, $"1 to {MostMinutes}");
        }

        string folder = options.Resolve(options.DataDirectory);
        BanOrders orders = new(folder);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        long nowMs = now.ToUnixTimeMilliseconds();
        if (ban is not null)
        {
            orders.Add(new BanOrder(nowMs, SubjectOf("--ban", ban), now.AddMinutes(minutes).ToUnixTimeMilliseconds()));
            await output.WriteLineAsync($"Ordered: {ban} is banned for {minutes} minutes.");
        }

        if (unban is not null)
        {
            orders.Add(new BanOrder(nowMs, SubjectOf("--unban", unban), null));
            await output.WriteLineAsync($"Ordered: {unban} is pardoned.");
        }

        if (ban is null && unban is null)
        {
            await ShowPeersAsync(options, output, cancellation);
            ShowBans(folder, nowMs, output);
        }

        return ExitCode.Success;
    }

    private static string SubjectOf(string option, string text) =>
        PublicKey.TryParse(text, out PublicKey key) ? key.ToString()
        : IPAddress.TryParse(text, out IPAddress? address) ? AddressGroups.HostOf(address).ToString()
        : throw OperatorException.ForOption(option, text, "0x and the 64 hex digits of a node key, or an IP address");

    private static async Task ShowPeersAsync(
        NodeOptions options, TextWriter output, CancellationToken cancellation)
    {
        using GrpcChannel channel = GrpcChannel.ForAddress($"http://{options.ApiListen}");
        try
        {
            ListPeersResponse peers = await new NodeService.NodeServiceClient(channel).ListPeersAsync(
                new ListPeersRequest { PageSize = 100 },
                deadline: (TimeProvider.System.GetUtcNow() + Patience).UtcDateTime,
                cancellationToken: cancellation);
            await output.WriteLineAsync($"{peers.Peers.Count} peers");
            foreach (Peer peer in peers.Peers)
            {
                string way = peer.Outbound ? "out" : "in";
                await output.WriteLineAsync(
                    $"  {peer.NodeKey} {peer.Endpoint} {peer.Role} {way} height {peer.Height} score {peer.Score}");
            }
        }
        catch (RpcException failure)
        {
            await output.WriteLineAsync(
                $"The node does not answer at {options.ApiListen} ({failure.StatusCode}): its peers are not known.");
        }
    }

    private static void ShowBans(string folder, long nowMs, TextWriter output)
    {
        IReadOnlyList<Ban> bans = [.. BanList.ReadFile(folder).Where(ban => ban.UntilMs > nowMs)];
        output.WriteLine($"{bans.Count} bans");
        foreach (Ban ban in bans)
        {
            string until = DateTimeOffset.FromUnixTimeMilliseconds(ban.UntilMs)
                .ToString("u", CultureInfo.InvariantCulture);
            output.WriteLine($"  {ban.Subject} until {until} {ban.Reason}");
        }
    }
}
