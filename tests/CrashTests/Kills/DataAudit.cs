using EnergyChain.Core.Chain;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Codec;
using EnergyChain.Core.Primitives;
using EnergyChain.Node.Execution;
using EnergyChain.Node.Storage;
using EnergyChain.Processes.Nodes;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyChain.CrashTests.Kills;

/// <summary>
/// Reads the data directories when all processes have ended: everything that clients were told is in every one of them,
/// they agree on every block and receipt, and nothing was left behind.
/// </summary>
internal sealed class DataAudit(Genesis genesis, SignatureBook signatures, IReadOnlyCollection<Acknowledgement> told)
{
    private static readonly string[] Remains = [".new", ".old", ".tmp"];

    private readonly Dictionary<ulong, (Hash32 Block, Hash32 Receipts, string Node)> _known = [];

    public List<string> Violations { get; } = [];

    public void Check(LabNode node)
    {
        string[] left =
        [
            .. Directory.EnumerateFiles(node.DataFolder, "*", SearchOption.AllDirectories)
                .Where(path => Remains.Contains(Path.GetExtension(path))),
        ];
        Violations.AddRange(left.Select(path => $"{node.Name} left {Path.GetRelativePath(node.DataFolder, path)}"));
        using DataDirectory directory = DataDirectory.Open(node.DataFolder, genesis.Hash);
        using Chain chain = Chain.Open(genesis, directory, new ChainOptions(), NullLogger.Instance);
        for (Height height = Height.Genesis.Next; height <= chain.Head.Height; height = height.Next)
        {
            CheckHeight(node.Name, chain, height);
        }

        foreach (Acknowledgement one in told)
        {
            if (!Agrees(chain, one))
            {
                Violations.Add($"{node.Name} does not have what {one.By} told a client: {one}");
            }
        }
    }

    private static bool Agrees(Chain chain, Acknowledgement told) =>
        chain.TryFindTransaction(told.Id, out TransactionLocation place)
        && chain.TryGetReceipts(place.Height, out IReadOnlyList<Receipt>? receipts)
        && receipts[place.Index].TransactionId == told.Id
        && told.Agrees(new Acknowledgement(
            told.Id,
            place.Height.Value,
            (uint)place.Index,
            receipts[place.Index].Succeeded,
            receipts[place.Index].GasUsed.Value,
            told.By));

    private void CheckHeight(string node, Chain chain, Height height)
    {
        if (!chain.TryGetBlock(height, out CommittedBlock? block)
            || !chain.TryGetReceipts(height, out IReadOnlyList<Receipt>? receipts))
        {
            Violations.Add($"{node} cannot read block {height} or its receipts");
            return;
        }

        if (block.Block.Evidence.Count > 0)
        {
            Violations.Add($"block {height} carries evidence that somebody signed twice");
        }

        signatures.Read(block.Certificate, node);
        BcsWriter writer = new();
        writer.WriteList(receipts);
        (Hash32 Block, Hash32 Receipts, string Node) found =
            (block.Block.Hash, Blake2b.Hash(writer.WrittenSpan), node);
        if (!_known.TryAdd(height.Value, found) && (_known[height.Value] with { Node = node }) != found)
        {
            Violations.Add($"{node} and {_known[height.Value].Node} differ at {height}");
        }
    }
}
