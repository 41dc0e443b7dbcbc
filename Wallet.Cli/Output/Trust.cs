using EnergyChain.Client.Light;

namespace EnergyChain.Wallet.Cli.Output;

/// <summary>Whom an answer rests on: the field "trust" of every JSON report that a node had a part in.</summary>
/// <param name="Node">The node that was asked.</param>
/// <param name="Head">The header that the last proof rests on; null without proof.</param>
internal sealed record Trust(Uri Node, ProvenHead? Head)
{
    /// <summary>One line for people.</summary>
    public string Sentence => Head is { } head
        ? $"proven at height {head.Height}, {head.Signatures} of {head.CouncilSize} council signatures, chained from "
            + $"genesis {head.GenesisHash}"
        : $"as told by {Node.ToString().TrimEnd('/')}, not proven";

    public object Json => Head is { } head
        ? new
        {
            Proven = true,
            Node = Node.ToString(),
            head.Height,
            Block = head.Hash,
            head.Time,
            head.Signatures,
            Council = head.CouncilSize,
            Genesis = head.GenesisHash,
        }
        : new { Proven = false, Node = Node.ToString() };
}
