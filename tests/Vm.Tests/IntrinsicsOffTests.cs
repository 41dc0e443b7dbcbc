namespace EnergyChain.Vm.Tests;

public sealed class IntrinsicsOffTests
{
    [Test]
    public void Precompiles_and_opcodes_are_right_without_hardware_intrinsics() => IntrinsicsOff.RunAgain(
        typeof(IntrinsicsOffTests).Assembly,
        "FullyQualifiedName~Precompile|FullyQualifiedName~EcRecoverTests|FullyQualifiedName~OpcodeTests"
        + "|FullyQualifiedName~IntrinsicsOffTests",
        leastTests: 30);
}
