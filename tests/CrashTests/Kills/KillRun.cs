using System.Globalization;
using EnergyChain.Client;
using EnergyChain.Client.Model;
using EnergyChain.Core.Chain;
using EnergyChain.Node.Hosting;
using EnergyChain.Processes;
using EnergyChain.Processes.Links;
using EnergyChain.Processes.Nodes;
using EnergyChain.Simulation.Time;

namespace EnergyChain.CrashTests.Kills;

/// <summary>
/// One network of node processes under load, whose members are killed until so many were; what its clients were told,
/// what it signed and what it has on disk are compared at the end.
/// </summary>
internal sealed class KillRun(int kills, ulong seed, TextWriter progress)
{
    private const ulong CheckpointBlocks = NetworkFiles.CheckpointBlocks;

    private readonly SeededRandom _random = new(seed);
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly List<string> _violations = [];
    private int _killed;

    /// <summary>Processes killed so far.</summary>
    public int Killed => _killed;

    /// <summary>Throws where the network does not come back: with what its nodes said last.</summary>
    public async Task<KillResult> RunAsync(CancellationToken cancellation)
    {
        await using ProxyFabric fabric = new(KillNetwork.Manifest.Nodes.Select(node => node.Name));
        await using ProcessNetwork network = new(KillNetwork.Manifest, fabric);
        await network.StartAsync();
        SignatureBook signatures = new(network.Genesis.Hash);
        KillLoad load = await LoadAsync(network, cancellation);
        while (_killed < kills)
        {
            cancellation.ThrowIfCancellationRequested();
            await StrikeAsync(network, signatures, load);
        }

        await load.StopAsync();
        _violations.AddRange(load.Contradictions);
        await network.ReachAsync(network.Nodes, network.Height + 2);
        await CheckIndexAsync(network, load, cancellation);
        NetworkChecks checks = new(network);
        checks.CheckBlocks();
        ulong height = network.Nodes.Min(node => node.Watch.Height);
        await Task.WhenAll(network.Nodes.Select(async node => checks.Ended(node, await node.TerminateAsync())));
        checks.CheckLogs();
        _violations.AddRange(checks.Violations);
        CheckData(network, signatures, load);
        return new KillResult(_killed, load.Count, signatures.Count, height, _violations);
    }

    private async Task<KillLoad> LoadAsync(ProcessNetwork network, CancellationToken cancellation)
    {
        LabNode relay = network[KillNetwork.Relay];
        await MarketAccounts.RegisterAsync(
            relay, Enumerable.Range(1, KillNetwork.Senders).Where(static number => number % 3 == 2), cancellation);
        KillLoad load = new(
            network,
            await relay.Client.GetChainAsync(cancellation),
            await new MarketReader(relay.Client).GetParametersAsync(cancellation),
            _time);
        load.Start();
        return load;
    }

    private async Task StrikeAsync(ProcessNetwork network, SignatureBook signatures, KillLoad load)
    {
        Strike strike = Strike.Draw(_random, network.Nodes.Count);
        LabNode[] victims = [.. strike.Victims.Select(index => network.Nodes[index])];
        if (strike.AtCheckpoint)
        {
            ulong next = ((victims[0].Watch.Height / CheckpointBlocks) + 1) * CheckpointBlocks;
            await network.ReachAsync([victims[0]], next);
        }

        await Task.Delay(TimeSpan.FromMilliseconds(strike.DelayMs), _time);
        ulong height = network.Height;
        long killedAt = _time.GetTimestamp();
        await KillAsync(network, victims, signatures);
        Start(victims);
        if (strike.AgainAfterMs is { } ms)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(ms), _time);
            await KillAsync(network, victims, signatures);
            Start(victims);
        }

        await network.ReachAsync(victims, Math.Max(height, network.Height) + 1);
        await CheckToldAsync(victims, load);
        double seconds = _time.GetElapsedTime(killedAt).TotalSeconds;
        await progress.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"kill {_killed} of {kills}: {string.Join(' ', victims.Select(node => node.Name))} at {height}, {strike}; "
            + $"back at {victims[0].Watch.Height} after {seconds:F1} s; {load.Count} acknowledged"));
    }

    private async Task KillAsync(ProcessNetwork network, LabNode[] victims, SignatureBook signatures)
    {
        await Task.WhenAll(victims.Select(node => node.KillAsync()));
        _killed += victims.Length;
        foreach (LabNode node in victims.Where(static node => node.Plan.Role == NodeRole.Consensus))
        {
            signatures.ReadJournal(
                network.Nodes.ToList().IndexOf(node), Path.Combine(node.DataFolder, "votes.log"));
        }
    }

    private static void Start(LabNode[] nodes)
    {
        foreach (LabNode node in nodes)
        {
            node.Start();
        }
    }

    // What clients were told last, asked of those that came back.
    private static async Task CheckToldAsync(LabNode[] nodes, KillLoad load)
    {
        Acknowledgement[] last = [.. load.Told.OrderByDescending(static told => told.Height).Take(5)];
        foreach (LabNode node in nodes)
        {
            foreach (Acknowledgement told in last.Where(told => told.Height <= node.Watch.Height))
            {
                TransactionInfo info = await node.Client.GetTransactionAsync(told.Id, CancellationToken.None);
                if (info.Receipt is { } receipt)
                {
                    load.Note(Acknowledgement.Of(told.Id, receipt, node.Name));
                }
                else
                {
                    throw new InvalidOperationException($"{node.Name} came back without {told}.");
                }
            }
        }
    }

    // The relay's index has been through kills; then it is taken away and made anew from the blocks.
    private async Task CheckIndexAsync(
        ProcessNetwork network, KillLoad load, CancellationToken cancellation)
    {
        LabNode relay = network[KillNetwork.Relay];
        IndexAnswers survived = await AnswersAsync(relay, load, cancellation);
        await relay.KillAsync();
        Directory.Delete(Path.Combine(relay.DataFolder, "index"), recursive: true);
        relay.Start();
        await network.ReachAsync([relay], network.Height + 1);
        IndexAnswers rebuilt = await AnswersAsync(relay, load, cancellation);
        if (!survived.Rows.SequenceEqual(rebuilt.Rows))
        {
            string first = survived.Rows.Except(rebuilt.Rows).Concat(rebuilt.Rows.Except(survived.Rows)).First();
            _violations.Add(
                $"the index has {survived.Rows.Count} rows after the kills and {rebuilt.Rows.Count} when made anew; "
                + $"in one of them alone: {first}");
        }
    }

    // It refuses while it is made, and may be some blocks behind: it is asked until it has what clients were told.
    private static async Task<IndexAnswers> AnswersAsync(
        LabNode relay, KillLoad load, CancellationToken cancellation)
    {
        IndexAnswers? answers = null;
        await Pulse.UntilAsync("all that clients were told in the index", ProcessNetwork.Patience, async () =>
        {
            try
            {
                answers = await IndexAnswers.ReadAsync(relay, cancellation);
                return load.Told.All(told => answers.Transactions.Contains(told.Id));
            }
            catch (NodeClientException)
            {
                return false;
            }
        });
        return answers!;
    }

    private void CheckData(ProcessNetwork network, SignatureBook signatures, KillLoad load)
    {
        Genesis genesis = network.Genesis;
        DataAudit audit = new(genesis, signatures, load.Told);
        foreach (LabNode node in network.Nodes)
        {
            audit.Check(node);
        }

        foreach ((int index, LabNode node) in network.Nodes.Index())
        {
            if (node.Plan.Role == NodeRole.Consensus)
            {
                signatures.ReadJournal(index, Path.Combine(node.DataFolder, "votes.log"));
            }
        }

        _violations.AddRange(audit.Violations);
        _violations.AddRange(signatures.Violations);
    }
}
