namespace EnergyChain.Core.Tests;

public sealed class IntrinsicsOffTests
{
    [Test]
    public void Numbers_and_hashes_are_right_without_hardware_intrinsics() => IntrinsicsOff.RunAgain(
        typeof(IntrinsicsOffTests).Assembly,
        "FullyQualifiedName~UInt256Tests|FullyQualifiedName~Keccak|FullyQualifiedName~ModularPowerTests"
        + "|FullyQualifiedName~Blake2bLanesTests|FullyQualifiedName~MerkleTreeTests"
        + "|FullyQualifiedName~IntrinsicsOffTests",
        leastTests: 60);
}
