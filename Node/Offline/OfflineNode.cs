using EnergyChain.Core.Chain;
using EnergyChain.Node.Hosting;
using EnergyChain.Node.Setup;
using EnergyChain.Node.Storage;

namespace EnergyChain.Node.Offline;

/// <summary>
/// A node that does not run: its options, its chain's genesis and its data directory, which is held as a running node
/// holds it.
/// </summary>
internal sealed class OfflineNode : IDisposable
{
    private OfflineNode(NodeOptions options, Genesis genesis, DataDirectory directory)
    {
        Options = options;
        Genesis = genesis;
        Directory = directory;
    }

    public NodeOptions Options { get; }

    public Genesis Genesis { get; }

    public DataDirectory Directory { get; }

    /// <summary>Opens it; <see cref="OperatorException"/> with one sentence where that cannot be.</summary>
    /// <param name="config">The node's config file.</param>
    /// <param name="mayBeNew">Whether the data directory is made where it is absent.</param>
    public static OfflineNode Open(string config, bool mayBeNew)
    {
        NodeOptions options = NodeOptionsFile.Load(config);
        Genesis genesis = GenesisLoader.Load(options.Resolve(options.Genesis));
        string folder = options.Resolve(options.DataDirectory);
        if (!mayBeNew && !File.Exists(Path.Combine(folder, "format")))
        {
            throw OperatorException.ForOption(
                "dataDirectory", options.DataDirectory, "the folder of a node that has run; this one holds no chain");
        }

        try
        {
            return new OfflineNode(options, genesis, DataDirectory.Open(folder, genesis.Hash));
        }
        catch (StorageException failure)
        {
            throw StartFailures.Explain(failure, options);
        }
    }

    public void Dispose() => Directory.Dispose();
}
