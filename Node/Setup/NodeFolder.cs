using EnergyChain.Core.Crypto;
using EnergyChain.Node.Hosting;

namespace EnergyChain.Node.Setup;

/// <summary>The folder of a node's files.</summary>
public static class NodeFolder
{
    public const string ConfigName = "node.json";

    /// <summary>Writes key and config into a folder, which is made where it is absent.</summary>
    public static void Write(string folder, SigningKey key, NodeOptions options)
    {
        Directory.CreateDirectory(folder);
        KeyFile.Write(Path.Combine(folder, options.NodeKey), key);
        File.WriteAllText(Path.Combine(folder, ConfigName), NodeOptionsFile.ToText(options));
    }
}
