using System.Globalization;
using System.Text;
using EnergyChain.Core.Crypto;
using EnergyChain.Core.Primitives;
using EnergyChain.Vm;

namespace EnergyChain.StateTests;

/// <summary>The hashes that state tests assume: Keccak-256 of the number's decimal digits.</summary>
internal sealed class TestBlockHashes : IBlockHashes
{
    public Hash32 GetBlockHash(Height height) =>
        Keccak256.Hash(Encoding.ASCII.GetBytes(height.Value.ToString(CultureInfo.InvariantCulture)));
}
