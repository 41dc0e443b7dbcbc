using System.Globalization;
using EnergyChain.Client;
using EnergyChain.Client.Light;
using EnergyChain.Client.Model;
using EnergyChain.Contracts.Abi;
using EnergyChain.Core.Primitives;
using EnergyChain.Wallet.Cli.Output;

namespace EnergyChain.Wallet.Cli;

/// <summary>Shows blocks, transactions and the node.</summary>
internal sealed class ChainViews(WalletContext context)
{
    private static readonly AbiBook Abis = AbiBook.OfGenesisContracts();

    public async Task<Report> BlockAsync(string? which, CancellationToken cancellationToken)
    {
        BlockInfo block = await FindBlockAsync(which, cancellationToken);
        if (context.Verify)
        {
            return ProvenBlock(block);
        }

        return new Report(
            block,
            View.Pairs(
                ("height", block.Height.ToString()),
                ("hash", block.Hash.ToString()),
                ("time", View.Time(block.Time)),
                ("parent", block.ParentHash.ToString()),
                ("proposer", block.Proposer.ToString()),
                ("committed", $"in round {block.CommitRound} by {block.CommitSignatures} members"),
                ("gas used", block.GasUsed.ToString()),
                ("evidence", View.Number(block.Evidence))),
            View.Table(
                ["transaction"],
                [.. block.TransactionIds.Select(id => new[] { id.ToString() })],
                "It has no transactions."));
    }

    // What the header itself proves: gas and evidence are no fields of it.
    private static Report ProvenBlock(BlockInfo block) => new(
        new
        {
            block.Height,
            block.Hash,
            block.Time,
            block.ParentHash,
            block.ParentStateRoot,
            block.Proposer,
            block.CommitRound,
            block.CommitSignatures,
            block.TransactionIds,
        },
        View.Pairs(
            ("height", block.Height.ToString()),
            ("hash", block.Hash.ToString()),
            ("time", View.Time(block.Time)),
            ("parent", block.ParentHash.ToString()),
            ("state before", block.ParentStateRoot.ToString()),
            ("proposer", block.Proposer.ToString()),
            ("committed", $"in round {block.CommitRound} by {block.CommitSignatures} members")),
        View.Table(
            ["transaction"],
            [.. block.TransactionIds.Select(id => new[] { id.ToString() })],
            "It has no transactions."));

    public async Task<Report> TransactionAsync(string text, CancellationToken cancellationToken)
    {
        if (!Hash32.TryParse(text, out Hash32 id))
        {
            throw new WalletException(ExitCode.Usage, $"'{text}' is no transaction id: it has 0x and 64 hex digits.");
        }

        TransactionInfo info = await context.Node.GetTransactionAsync(id, cancellationToken);
        if (info.State == TransactionState.Unknown)
        {
            throw new WalletException(
                ExitCode.Refused,
                $"The node knows no transaction {id}: it expired, was never sent, or went elsewhere.");
        }

        List<(string, string)> pairs = [("transaction", id.ToString()), ("state", NameOf(info.State))];
        if (info.Body is { } body)
        {
            pairs.AddRange(
            [
                ("from", body.Sender.ToString()),
                ("to", body.To?.ToString() ?? "(creates a contract)"),
                ("value", View.Coin(body.Value)),
                ("nonce", View.Number(body.Nonce)),
                ("data", $"{body.Data.Length} bytes"),
                ("valid until", body.ValidUntil.ToString()),
            ]);
            if (MemoText.TryDecode(body.Memo.Span, out string? memo))
            {
                pairs.Add(("memo", memo));
            }
        }

        if (info.Receipt is { } receipt)
        {
            pairs.AddRange(
            [
                ("block", receipt.Index is { } place
                    ? $"{receipt.Height}, place {place}, {View.Time(receipt.Time)}"
                    : $"{receipt.Height}, {View.Time(receipt.Time)}"),
                ("result", receipt.Succeeded ? "ok" : $"failed: {receipt.Failure}"),
                ("fee", $"{View.Coin(receipt.Fee)} ({receipt.GasUsed} gas)"),
            ]);
        }

        return new Report(
            info,
            View.Pairs([.. pairs]),
            View.Table(
                ["event", "contract"],
                [.. (info.Receipt?.Logs ?? []).Select(static log => new[]
                {
                    EventText(log), log.Contract.ToString(),
                })],
                "It emitted no events."));
    }

    public async Task<Report> StatusAsync(CancellationToken cancellationToken)
    {
        if (context.Verify)
        {
            throw new UnprovableException(
                "This cannot be proven. What a node says of itself is on no chain; 'block --verify' proves the head.");
        }

        NodeStatusInfo status = await context.Node.GetStatusAsync(cancellationToken);
        return new Report(
            status,
            View.Pairs(
                ("node", $"{status.Name} {status.Role} {status.Version}".Trim()),
                ("chain", $"{status.ChainId}, genesis {status.GenesisHash}"),
                ("height", $"{status.Height}{(status.IsSyncing ? $" of {status.BestKnownHeight}, catching up" : "")}"),
                ("head", status.HeadHash.ToString()),
                ("time", View.Time(status.HeadTime)),
                ("state root", status.StateRoot.ToString()),
                ("council", $"{status.CouncilSize} members"),
                ("peers", View.Number(status.Peers)),
                ("pool", $"{status.PoolTransactions} transactions, {status.PoolBytes} bytes"),
                ("history", status.HasIndex ? "kept" : "not kept")),
            View.Table(
                [">site", "device", "state", "since", "reason"],
                [.. status.SiteFaults.Select(fault => new[]
                {
                    View.Number(fault.Site), fault.Device, fault.State, View.Time(fault.Since), fault.Reason,
                })],
                "No faults of devices."));
    }

    public async Task<Report> PeersAsync(CancellationToken cancellationToken)
    {
        PageOf<PeerInfo> peers = await context.Node.ListPeersAsync("", cancellationToken);
        return new Report(
            new { Peers = peers.Rows },
            View.Table(
                ["endpoint", "role", ">height", "link", ">score", "node key"],
                [.. peers.Rows.Select(peer => new[]
                {
                    peer.Endpoint, peer.Role, peer.Height.ToString(),
                    peer.IsConnected ? peer.IsOutbound ? "up, by us" : "up, by it" : "down",
                    View.Number(peer.Score), peer.NodeKey,
                })],
                "The node has no peers."));
    }

    // By the ABIs of the chain's own contracts, as this program knows them: a name from the node would prove nothing.
    private static string EventText(LogInfo log)
    {
        if (Abis.ExplainEvent(log.Contract, log.Topics, log.Data.Span) is { Values: { } values } happening)
        {
            return happening.Name + AbiText.Describe(happening.Parameters, values);
        }

        return log.Name.Length > 0 ? log.Name : log.Topics.FirstOrDefault().ToString();
    }

    private static string NameOf(TransactionState state) => state.ToString().ToLowerInvariant();

    private async Task<BlockInfo> FindBlockAsync(string? which, CancellationToken cancellationToken)
    {
        if (which is null)
        {
            return await context.Node.GetBlockAsync(height: null, cancellationToken);
        }

        if (ulong.TryParse(which, NumberStyles.None, CultureInfo.InvariantCulture, out ulong height))
        {
            return await context.Node.GetBlockAsync(new Height(height), cancellationToken);
        }

        return Hash32.TryParse(which, out Hash32 hash)
            ? await context.Node.GetBlockAsync(hash, cancellationToken)
            : throw new WalletException(
                ExitCode.Usage, $"'{which}' is no block: give a height, or a hash of 0x and 64 hex digits.");
    }
}
